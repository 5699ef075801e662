"""What the stack uses: for each photo that is taken in, and in each month. Counted in the code, not guessed.

`tests/cost` runs the worker and compares its calls with CALLS, so that a change of the pipeline is seen here.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from function.contract.metrics import METRICS
from infra.alarms import DEAD_LETTERS, FUNCTION, HTTP_API, QUEUE
from infra.settings import Settings

GB, MB, KB = 2**30, 10**6, 2**10
# The stack as it is when nothing is configured.
STACK = Settings(region="us-east-1")

# The worker's calls for one new photo, its record beside the renditions included: those of a batch share some of them.
# A RAW file, of which only parts are read, takes a few more that read.
CALLS = {
    "GetObject": 1,
    "ListObjectsV2": 1,
    "BatchGetItem": 1,
    "PutItem": 2,
    "BatchWriteItem": 1,
    "PutObject": len(STACK.renditions) + 1,
    "PublishBatch": 1,
}
# The item of a photo with all that a camera writes; each write is written to the shelves' index as well.
ITEM_BYTES = 1400
WRITTEN_KB = 2 * math.ceil(ITEM_BYTES / KB)
# The second write of a photo is one of a transaction, where there are more in its batch, and paid twice.
INDEX_WRITES = CALLS["PutItem"] + 1
# What a look at the photo adds to these, where Rekognition is asked; the transaction is of two items, and paid twice.
LOOK = {
    "ListObjectsV2": 1,
    "GetObject": 1,
    "PutObject": 1,
    "PutItem": 2,
    "UpdateItem": 1,
    "TransactWriteItems": 1,
    "DetectLabels": 1,
}
# The labels of a photo, with what each is a kind of; and what it takes to write them.
LABELS = 15
LOOK_WRITES = LOOK["PutItem"] * WRITTEN_KB + LOOK["UpdateItem"] + 2 * (WRITTEN_KB // 2 + 1) + LABELS
# What a photo is found by: camera, lens, day, three names of its place, a few keywords, its format, copies and looks.
POSTINGS, POSTING_BYTES = 18, 200
# The four renditions of one photo, in bytes: the mean of a mixed album.
RENDITIONS_BYTES = 410_000
# In the worker at its default memory: what each photo takes, and what each of its megabytes adds.
SECONDS_PER_PHOTO, SECONDS_PER_MB = 0.7, 0.02
LOG_BYTES = 2500
# `aws s3 sync` sends what is larger in parts of this size, with one request before and one after them.
PART_BYTES = 8 * 2**20

# With nothing to do, Lambda's five pollers ask each of the two queues every 20 seconds.
POLLS = 2 * 5 * 3 * 60 * 24 * 30
ALARMS = sum(len(kind.alarms) for kind in (QUEUE, DEAD_LETTERS, *(3 * (FUNCTION,)), HTTP_API))
IMAGE_GB = 0.5
HOURS_PER_MONTH = 730

# One visit of the gallery: its page and configuration, with the script and the style sheet at a first one, three pages
# of sixty photos, eight looks for changes, ten photos looked at in full.
REQUESTS_PER_VISIT, LISTS_PER_VISIT, THUMBNAILS_PER_VISIT, PREVIEWS_PER_VISIT = 16, 3, 180, 10
THUMBNAIL_BYTES, PREVIEW_BYTES = 31_000, 277_000
API_SECONDS = 0.1
# Half the price, because the api reads what may be a second old.
READS_PER_LIST = 60 * ITEM_BYTES / (4 * KB) / 2


@dataclass(frozen=True)
class Library:
    """What is estimated: how many photos of which mean size (MB of 10^6 bytes), in which class, visited how often."""

    photos: int
    average_mb: float
    storage_class: str = "STANDARD"
    visits: int = 30
    rekognition: bool = False
    # The most photos that Rekognition is asked about in a month.
    monthly_looks: int = STACK.rekognition_monthly_images

    @property
    def gigabytes(self) -> float:
        """The originals' size in GB of 2^30 bytes, as AWS counts."""
        return self.photos * self.average_mb * MB / GB

    @property
    def looks(self) -> int:
        """How many photos Rekognition is asked about: each once."""
        return self.photos if self.rekognition else 0

    @property
    def labelling_months(self) -> int:
        """In how many months all photos have their labels."""
        return math.ceil(self.looks / self.monthly_looks)

    @property
    def seconds(self) -> float:
        """For how long one photo keeps the worker."""
        return SECONDS_PER_PHOTO + SECONDS_PER_MB * self.average_mb

    @property
    def upload_requests(self) -> int:
        """How many requests the upload of one photo takes."""
        size = self.average_mb * MB
        return 1 if size < PART_BYTES else math.ceil(size / PART_BYTES) + 2

    @property
    def import_hours(self) -> float:
        """For how long the import keeps all workers busy."""
        return self.photos * self.seconds / STACK.maximum_concurrency / 3600


@dataclass(frozen=True)
class Use:
    """Something that is paid for: its name in the price list, what it is for, and how much of it a library takes."""

    price: str
    what: str
    amount: Callable[[Library], float]


IMPORT = (
    Use("s3-put", "uploads", lambda library: library.photos * library.upload_requests),
    Use("s3-put", "renditions", lambda library: library.photos * CALLS["PutObject"]),
    Use("s3-put", "looking for sidecars", lambda library: library.photos * CALLS["ListObjectsV2"]),
    Use("s3-get", "reading originals", lambda library: library.photos * CALLS["GetObject"]),
    Use("lambda-request", "calls of the worker", lambda library: library.photos / STACK.batch_size),
    Use("lambda-arm", "the worker", lambda library: library.photos * library.seconds * STACK.worker_memory / 1024),
    Use("dynamodb-write", "index", lambda library: library.photos * INDEX_WRITES * WRITTEN_KB),
    Use("dynamodb-write", "search terms", lambda library: library.photos * POSTINGS),
    Use("dynamodb-read", "index", lambda library: library.photos * CALLS["BatchGetItem"]),
    Use("sqs-request", "messages", lambda library: library.photos * (1 + 2 / STACK.batch_size)),
    Use("sns-publish", "announcements", lambda library: library.photos * CALLS["PublishBatch"]),
    Use("logs", "the worker's log", lambda library: library.photos * LOG_BYTES / GB),
    Use("metric", "while it runs", lambda library: len(METRICS) * math.ceil(library.import_hours) / HOURS_PER_MONTH),
    Use("rekognition", "labels", lambda library: library.looks * LOOK["DetectLabels"]),
    Use("dynamodb-write", "labels", lambda library: library.looks * LOOK_WRITES),
    Use("s3-put", "labels", lambda library: library.looks * (LOOK["ListObjectsV2"] + LOOK["PutObject"])),
    Use("s3-get", "labels", lambda library: library.looks * LOOK["GetObject"]),
)
MONTH = (
    Use("s3-standard", "renditions", lambda library: library.photos * RENDITIONS_BYTES / GB),
    Use("dynamodb-storage", "index", lambda library: 2 * library.photos * ITEM_BYTES / GB),
    Use("dynamodb-storage", "search terms", lambda library: library.photos * POSTINGS * POSTING_BYTES / GB),
    Use(
        "dynamodb-recovery",
        "index, 35 days back",
        lambda library: library.photos * ITEM_BYTES / GB,
    ),
    Use(
        "dynamodb-recovery",
        "search terms, 35 days back",
        lambda library: library.photos * POSTINGS * POSTING_BYTES / GB,
    ),
    Use("dynamodb-storage", "labels", lambda library: library.looks * LABELS * POSTING_BYTES / GB),
    Use("dynamodb-recovery", "labels, 35 days back", lambda library: library.looks * LABELS * POSTING_BYTES / GB),
    Use("sqs-request", "waiting for photos", lambda _: POLLS),
    Use("alarm", "alarms", lambda _: ALARMS),
    Use("dashboard", "the dashboard", lambda _: 1),
    Use("registry", "the functions' image", lambda _: IMAGE_GB),
    Use("http-api", "visits", lambda library: library.visits * REQUESTS_PER_VISIT),
    Use("lambda-request", "visits", lambda library: library.visits * REQUESTS_PER_VISIT),
    Use(
        "lambda-arm",
        "visits",
        lambda library: library.visits * REQUESTS_PER_VISIT * API_SECONDS * STACK.api_memory / 1024,
    ),
    Use("dynamodb-read", "visits", lambda library: library.visits * LISTS_PER_VISIT * READS_PER_LIST),
    Use("s3-get", "visits", lambda library: library.visits * (THUMBNAILS_PER_VISIT + PREVIEWS_PER_VISIT)),
    Use(
        "transfer-out",
        "visits",
        lambda library: (
            library.visits * (THUMBNAILS_PER_VISIT * THUMBNAIL_BYTES + PREVIEWS_PER_VISIT * PREVIEW_BYTES) / GB
        ),
    ),
)
