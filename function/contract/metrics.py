"""Names the metrics that the functions write and the stack watches, with their units."""

from typing import Final

# The worker's metrics, with CloudWatch's units. Photos are counted by their state. The stack's
# name is the only dimension: each further one would make more metrics, and each metric is billed. An original is
# read while it is rendered, so ReadTime is a part of RenderTime and MetadataTime.
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
