"""Names and units of the metrics that the functions write and the stack watches."""

from typing import Final

# What the worker counts and times, with CloudWatch's units. Photos are counted by the state they come to. The stack's
# name is the only dimension: each further one would make more metrics, which are paid for one by one. An original is
# read while it is rendered, so that ReadTime is a part of RenderTime and MetadataTime.
METRICS_NAMESPACE: Final = "Safelight"

METRICS_DIMENSION: Final = "Stack"

METRICS: Final = {
    "PhotosReady": "Count",
    "PhotosPartial": "Count",
    "PhotosFlagged": "Count",
    "PhotosUnsupported": "Count",
    "PhotosFailed": "Count",
    "PhotosSkipped": "Count",
    "PhotosDeleted": "Count",
    "TriedAgain": "Count",
    "BytesRead": "Bytes",
    "RekognitionCalls": "Count",
    "ReadTime": "Milliseconds",
    "RenderTime": "Milliseconds",
    "MetadataTime": "Milliseconds",
    "SeeTime": "Milliseconds",
    "StoreTime": "Milliseconds",
    "IndexTime": "Milliseconds",
    "AnnounceTime": "Milliseconds",
    "TotalTime": "Milliseconds",
}
