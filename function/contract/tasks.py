"""Tasks that the worker can be asked for, besides the events of S3."""

from typing import Final

# What the worker can be asked to do with photos, besides what S3 tells it.
TASKS: Final = ("reprocess", "backfill", "rebuild")

# And with one photo that is yet to be labelled, which is named by its id, as the list of these names it.
LABEL_TASK: Final = "label"

# What it is asked for one photo alone: its owner has written about it, and its lists and its record are to follow.
SETTLE: Final = "settle"
