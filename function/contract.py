"""What the stack declares and the functions rely on, written once; the standard library alone is imported here."""

import re
from dataclasses import dataclass
from typing import Final

# The table's key shape: one table, one index. A photo's item and its ledger share a partition;
# a shelf is a list that the gallery shows (the library, the failed, the deleted), sorted by time. Each term that photos
# are found by (camera, city) has a partition of its own, of postings: sorted by the term's value, then by time.
PARTITION: Final = "pk"
SORT: Final = "sk"
SHELVES: Final = "shelves"
SHELF: Final = "shelf"
SHELF_ORDER: Final = "shelf_order"
LIST_PREFIX: Final = "list#"
# When an item is of no use any more, in seconds since 1970: DynamoDB removes it by then, or a little later.
EXPIRES: Final = "expires"


class Variable:
    """Names of the environment variables through which the stack configures its functions."""

    ORIGINALS_BUCKET: Final = "ORIGINALS_BUCKET"
    RENDITIONS_BUCKET: Final = "RENDITIONS_BUCKET"
    TABLE: Final = "TABLE"
    TOPIC_ARN: Final = "TOPIC_ARN"
    ORIGINALS_PREFIX: Final = "ORIGINALS_PREFIX"
    INBOX_PREFIX: Final = "INBOX_PREFIX"
    INBOX_PATTERN: Final = "INBOX_PATTERN"
    RENDITIONS: Final = "RENDITIONS"
    SIGNED_URL_SECONDS: Final = "SIGNED_URL_SECONDS"
    SIGN_IN: Final = "SIGN_IN"
    STACK: Final = "STACK"
    QUEUE_URL: Final = "QUEUE_URL"
    # Without it, nobody asks Rekognition.
    REKOGNITION_MONTHLY_IMAGES: Final = "REKOGNITION_MONTHLY_IMAGES"
    MAXIMUM_RECEIVES: Final = "MAXIMUM_RECEIVES"
    # The function that draws PostScript, in a stack that has one.
    POSTSCRIPT_FUNCTION: Final = "POSTSCRIPT_FUNCTION"
    # Another store than S3, where the buckets lie in one; no stack in AWS sets these.
    S3_ENDPOINT: Final = "S3_ENDPOINT"
    S3_REGION: Final = "S3_REGION"
    S3_ACCESS_KEY: Final = "S3_ACCESS_KEY"
    S3_SECRET_KEY: Final = "S3_SECRET_KEY"  # noqa: S105 - a name


# Where, beside the renditions, lies what is known of each photo.
RECORDS_PREFIX: Final = "records/"
# What the worker can be asked to do with photos, besides what S3 tells it.
TASKS: Final = ("reprocess", "backfill", "rebuild")
# And with one photo that is yet to be labelled, which is named by its id, as the list of these names it.
LABEL_TASK: Final = "label"
# That list, and the items that count what is asked for in each month.
UNLABELLED, WAITING = "unlabelled", "waiting"
BUDGET_PREFIX: Final = "budget#"
# What stands between the parts of a posting's key. It sorts before all that a value holds, and no value holds it.
SEPARATOR: Final = "\x1f"
# What it is asked for one photo alone: its owner has written about it, and its lists and its record are to follow.
SETTLE: Final = "settle"
# What the place of a photo from the inbox is made of: the day when it was taken, its folder in the inbox, its name.
INBOX_FIELDS: Final = ("year", "month", "day", "folder", "name")
INBOX_PATTERN_HELP: Final = "a place such as {year}/{month}/{day}/{name}, of these and {folder}, with {name} at its end"


def is_inbox_pattern(pattern: str) -> bool:
    """Whether photos can be placed by the pattern: it begins with no slash, ends with the name, leaves no folder."""
    fields = "|".join(INBOX_FIELDS)
    filled, steps = re.sub(rf"\{{({fields})\}}", "x", pattern), pattern.split("/")
    return pattern.endswith("{name}") and not set(filled) & set("{}\\") and not {"", ".", ".."} & set(steps)


# The formats that renditions come in, and how their files' names end.
EXTENSIONS: Final = {"jpeg": "jpg", "webp": "webp", "avif": "avif"}


@dataclass(frozen=True)
class RenditionSpec:
    """One size of the recipe: `size` is the longest side in pixels, `quality` 1 to 100, `format` jpeg, webp or avif."""

    size: int
    quality: int = 80
    format: str = "jpeg"

    @property
    def name(self) -> str:
        """The rendition's name, which is also the first part of its key."""
        return str(self.size)


Recipe = tuple[RenditionSpec, ...]


@dataclass(frozen=True)
class Route:
    """One route of the HTTP API: its key as API Gateway writes it, and whether it asks for a token."""

    key: str
    public: bool = False


# The api function answers each of these with the operation of the same key.
ROUTES: Final = (
    Route("GET /", public=True),
    Route("GET /gallery/{path+}", public=True),
    Route("GET /photos"),
    Route("GET /photos/{id}"),
    Route("PATCH /photos/{id}"),
    Route("DELETE /photos/{id}"),
    Route("POST /photos/{id}/reprocess"),
    Route("GET /terms/{term}"),
)

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

# The handler of each function, as the image's command.
WORKER_HANDLER: Final = "function.handlers.worker.handle"
API_HANDLER: Final = "function.handlers.api.handle"
FAILURES_HANDLER: Final = "function.handlers.failures.handle"
POSTSCRIPT_HANDLER: Final = "function.handlers.postscript.handle"
