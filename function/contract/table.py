"""Names the attributes, indexes and key prefixes of the DynamoDB table."""

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

# The time to live of an item, in seconds since 1970. DynamoDB removes the item then or a little later.
EXPIRES: Final = "expires"

# The prefix of the photos' records in the renditions bucket.
RECORDS_PREFIX: Final = "records/"

# The term and the one value of photos that wait for labels, and the partition prefix of the monthly budgets.
UNLABELLED, WAITING = "unlabelled", "waiting"

BUDGET_PREFIX: Final = "budget#"

# Separates the parts of a posting's sort key. It sorts below every character that a value can contain.
SEPARATOR: Final = "\x1f"
