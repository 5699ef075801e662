"""What DynamoDB gives back undone, without an error, because it was too much at once: it is asked for again."""

import random
import time
from collections.abc import Iterator

ATTEMPTS, FIRST_WAIT_SECONDS = 6, 0.05


def backoff() -> Iterator[None]:
    """So many attempts, with a pause between each and the next; with jitter, workers do not come back all at once."""
    yield
    for attempt in range(ATTEMPTS - 1):
        time.sleep(random.uniform(0, FIRST_WAIT_SECONDS * 2**attempt))  # noqa: S311 - no secret
        yield
