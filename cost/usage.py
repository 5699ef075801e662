"""Lists the amounts of each AWS service that the stack uses, per imported photo and per month.

The numbers of calls are counted: `tests/cost` runs the worker and compares its calls with CALLS.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from function.contract.metrics import METRICS
from infra.alarms import DEAD_LETTERS, FUNCTION, HTTP_API, QUEUE
from infra.settings import Settings

GB, MB, KB = 2**30, 10**6, 2**10
# The stack with default settings.
STACK = Settings(region="us-east-1")

# The worker's calls for one new photo, the one that writes its record included. The photos of a batch share some.
# A RAW file, which is read in ranges, takes a few more GetObject.
CALLS = {
    "GetObject": 1,
    "ListObjectsV2": 1,
    "BatchGetItem": 1,
    "PutItem": 2,
    "BatchWriteItem": 1,
    "PutObject": len(STACK.renditions) + 1,
    "PublishBatch": 1,
}
# The item of a photo with all metadata of a camera; each write also writes to the shelves' secondary index.
ITEM_BYTES = 1400
WRITTEN_KB = 2 * math.ceil(ITEM_BYTES / KB)
# A photo's second write is part of a transaction if its batch has more photos; AWS charges it twice.
INDEX_WRITES = CALLS["PutItem"] + 1
# The additional calls for a photo that Rekognition analyses. The transaction has two items, each charged twice.
ANALYSIS_CALLS = {
    "ListObjectsV2": 1,
    "GetObject": 1,
    "PutObject": 1,
    "PutItem": 2,
    "UpdateItem": 1,
    "TransactWriteItems": 1,
    "DetectLabels": 1,
}
# The labels of a photo, with their parent labels, and the write units for them.
LABELS = 15
ANALYSIS_WRITES = (
    ANALYSIS_CALLS["PutItem"] * WRITTEN_KB + ANALYSIS_CALLS["UpdateItem"] + 2 * (WRITTEN_KB // 2 + 1) + LABELS
)
# A photo's postings: camera, lens, day, three names of its place, keywords, format, content hash, perceptual hashes.
POSTINGS, POSTING_BYTES = 18, 200
# The four renditions of one photo, in bytes: the mean of a mixed album.
RENDITIONS_BYTES = 410_000
# The worker's time at its default memory: per photo, and per megabyte of it.
SECONDS_PER_PHOTO, SECONDS_PER_MB = 0.7, 0.02
LOG_BYTES = 2500
# `aws s3 sync` uploads larger files in parts of this size, with one request before and one after them.
PART_BYTES = 8 * 2**20

# When idle, Lambda's five pollers poll each of the two queues every 20 seconds, for 30 days.
POLLS = 2 * 5 * 3 * 60 * 24 * 30
ALARMS = sum(len(kind.alarms) for kind in (QUEUE, DEAD_LETTERS, *(3 * (FUNCTION,)), HTTP_API))
IMAGE_GB = 0.5
HOURS_PER_MONTH = 730

# One visit of the gallery: its page and configuration, with the script and the style sheet at a first one, three pages
# of sixty photos, eight polls for changes, ten photos opened in full.
REQUESTS_PER_VISIT, LISTS_PER_VISIT, THUMBNAILS_PER_VISIT, PREVIEWS_PER_VISIT = 16, 3, 180, 10
THUMBNAIL_BYTES, PREVIEW_BYTES = 31_000, 277_000
API_SECONDS = 0.1
# Eventually consistent reads cost half.
READS_PER_LIST = 60 * ITEM_BYTES / (4 * KB) / 2


@dataclass(frozen=True)
class Library:
    """The library to estimate: number of photos, mean size in MB (10^6 bytes), storage class, visits per month."""

    photos: int
    average_mb: float
    storage_class: str = "STANDARD"
    visits: int = 30
    rekognition: bool = False
    # The most images that Rekognition analyses in a month.
    monthly_image_budget: int = STACK.rekognition_monthly_images

    @property
    def gigabytes(self) -> float:
        """Return the originals' size in GB of 2^30 bytes, as AWS counts."""
        return self.photos * self.average_mb * MB / GB

    @property
    def analysed_images(self) -> int:
        """Return the number of images that Rekognition analyses: one per photo."""
        return self.photos if self.rekognition else 0

    @property
    def labelling_months(self) -> int:
        """Return the months until all photos have their labels."""
        return math.ceil(self.analysed_images / self.monthly_image_budget)

    @property
    def seconds(self) -> float:
        """Return the worker's seconds for one photo."""
        return SECONDS_PER_PHOTO + SECONDS_PER_MB * self.average_mb

    @property
    def upload_requests(self) -> int:
        """Return the number of requests for the upload of one photo."""
        size = self.average_mb * MB
        return 1 if size < PART_BYTES else math.ceil(size / PART_BYTES) + 2

    @property
    def import_hours(self) -> float:
        """Return the hours for which the import keeps all workers busy."""
        return self.photos * self.seconds / STACK.maximum_concurrency / 3600


@dataclass(frozen=True)
class LineItem:
    """An amount that is billed: its name in the price list, its purpose, and the units that a library uses."""

    price: str
    what: str
    amount: Callable[[Library], float]


IMPORT = (
    LineItem("s3-put", "uploads", lambda library: library.photos * library.upload_requests),
    LineItem("s3-put", "renditions", lambda library: library.photos * CALLS["PutObject"]),
    LineItem("s3-put", "looking for sidecars", lambda library: library.photos * CALLS["ListObjectsV2"]),
    LineItem("s3-get", "reading originals", lambda library: library.photos * CALLS["GetObject"]),
    LineItem("lambda-request", "calls of the worker", lambda library: library.photos / STACK.batch_size),
    LineItem("lambda-arm", "the worker", lambda library: library.photos * library.seconds * STACK.worker_memory / 1024),
    LineItem("dynamodb-write", "index", lambda library: library.photos * INDEX_WRITES * WRITTEN_KB),
    LineItem("dynamodb-write", "search terms", lambda library: library.photos * POSTINGS),
    LineItem("dynamodb-read", "index", lambda library: library.photos * CALLS["BatchGetItem"]),
    LineItem("sqs-request", "messages", lambda library: library.photos * (1 + 2 / STACK.batch_size)),
    LineItem("sns-publish", "announcements", lambda library: library.photos * CALLS["PublishBatch"]),
    LineItem("logs", "the worker's log", lambda library: library.photos * LOG_BYTES / GB),
    LineItem(
        "metric", "while it runs", lambda library: len(METRICS) * math.ceil(library.import_hours) / HOURS_PER_MONTH
    ),
    LineItem("rekognition", "labels", lambda library: library.analysed_images * ANALYSIS_CALLS["DetectLabels"]),
    LineItem("dynamodb-write", "labels", lambda library: library.analysed_images * ANALYSIS_WRITES),
    LineItem(
        "s3-put",
        "labels",
        lambda library: library.analysed_images * (ANALYSIS_CALLS["ListObjectsV2"] + ANALYSIS_CALLS["PutObject"]),
    ),
    LineItem("s3-get", "labels", lambda library: library.analysed_images * ANALYSIS_CALLS["GetObject"]),
)
MONTH = (
    LineItem("s3-standard", "renditions", lambda library: library.photos * RENDITIONS_BYTES / GB),
    LineItem("dynamodb-storage", "index", lambda library: 2 * library.photos * ITEM_BYTES / GB),
    LineItem("dynamodb-storage", "search terms", lambda library: library.photos * POSTINGS * POSTING_BYTES / GB),
    LineItem(
        "dynamodb-recovery",
        "index, 35 days back",
        lambda library: library.photos * ITEM_BYTES / GB,
    ),
    LineItem(
        "dynamodb-recovery",
        "search terms, 35 days back",
        lambda library: library.photos * POSTINGS * POSTING_BYTES / GB,
    ),
    LineItem("dynamodb-storage", "labels", lambda library: library.analysed_images * LABELS * POSTING_BYTES / GB),
    LineItem(
        "dynamodb-recovery",
        "labels, 35 days back",
        lambda library: library.analysed_images * LABELS * POSTING_BYTES / GB,
    ),
    LineItem("sqs-request", "waiting for photos", lambda _: POLLS),
    LineItem("alarm", "alarms", lambda _: ALARMS),
    LineItem("dashboard", "the dashboard", lambda _: 1),
    LineItem("registry", "the functions' image", lambda _: IMAGE_GB),
    LineItem("http-api", "visits", lambda library: library.visits * REQUESTS_PER_VISIT),
    LineItem("lambda-request", "visits", lambda library: library.visits * REQUESTS_PER_VISIT),
    LineItem(
        "lambda-arm",
        "visits",
        lambda library: library.visits * REQUESTS_PER_VISIT * API_SECONDS * STACK.api_memory / 1024,
    ),
    LineItem("dynamodb-read", "visits", lambda library: library.visits * LISTS_PER_VISIT * READS_PER_LIST),
    LineItem("s3-get", "visits", lambda library: library.visits * (THUMBNAILS_PER_VISIT + PREVIEWS_PER_VISIT)),
    LineItem(
        "transfer-out",
        "visits",
        lambda library: (
            library.visits * (THUMBNAILS_PER_VISIT * THUMBNAIL_BYTES + PREVIEWS_PER_VISIT * PREVIEW_BYTES) / GB
        ),
    ),
)
