"""Names the worker's tasks, which come through its queue like the events of S3."""

from typing import Final

# Tasks for any number of photos, which are named by their keys.
TASKS: Final = ("reprocess", "backfill", "rebuild")

# Labels one photo that waits for labels. The photo is named by its id, as postings name it.
LABEL_TASK: Final = "label"

# Settles one photo after its owner has annotated it: brings its postings and its record up to date.
SETTLE: Final = "settle"
