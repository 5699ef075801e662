"""Retries writes that conflict with another writer (optimistic concurrency), each time on the newest revision."""

import random
import time
from collections.abc import Callable

from function.errors import ServiceUnavailableError
from function.ports.index import WriteResult

# Each concurrent write costs one attempt. More conflicts on one photo are a fault.
ATTEMPTS = 12
# Pauses double with each attempt, each a random part of its length, so that writers do not retry together.
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.01, 1.0


class ConflictError(ServiceUnavailableError):
    """Signals a conflict at every attempt."""


def until_written(attempt: Callable[[], WriteResult], sleep: Callable[[float], None] = time.sleep) -> None:
    """Call `attempt`, which loads a photo and writes its next revision, until it returns WRITTEN.

    Raises ConflictError after ATTEMPTS conflicts.
    """
    for number in range(ATTEMPTS):
        if attempt() is WriteResult.WRITTEN:
            return
        longest = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2**number)
        sleep(random.uniform(0, longest))  # noqa: S311 - a pause is no secret
    raise ConflictError("the photo is being changed by others all the time")
