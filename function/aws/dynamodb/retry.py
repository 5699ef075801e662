"""Retries batch calls, because DynamoDB returns throttled items as unprocessed and raises no error."""

import random
import time
from collections.abc import Iterator

ATTEMPTS, FIRST_WAIT_SECONDS = 6, 0.05


def backoff() -> Iterator[None]:
    """Yield ATTEMPTS times, with a growing random pause before each retry, so that workers do not retry together."""
    yield
    for attempt in range(ATTEMPTS - 1):
        time.sleep(random.uniform(0, FIRST_WAIT_SECONDS * 2**attempt))  # noqa: S311 - no secret
        yield
