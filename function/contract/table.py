"""The table that the stack declares and the functions use: its key shape and the names of its lists."""

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

# Where, beside the renditions, lies what is known of each photo.
RECORDS_PREFIX: Final = "records/"

# That list, and the items that count what is asked for in each month.
UNLABELLED, WAITING = "unlabelled", "waiting"

BUDGET_PREFIX: Final = "budget#"

# What stands between the parts of a posting's key. It sorts before all that a value holds, and no value holds it.
SEPARATOR: Final = "\x1f"
