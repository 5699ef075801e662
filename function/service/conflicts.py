"""Optimistic concurrency: a write that lost against another writer is attempted again, on what is there by then."""

import random
import time
from collections.abc import Callable

from function.errors import ServiceUnavailableError
from function.ports.index import WriteResult

# Each writer that comes in between costs one attempt; more than these at one photo are a fault, not bad luck.
ATTEMPTS = 12
# Pauses grow from one attempt to the next, each a random part of its length, so that writers drift apart.
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.01, 1.0


class ConflictError(ServiceUnavailableError):
    """Other writers came in between at every attempt."""


def until_written(attempt: Callable[[], WriteResult], sleep: Callable[[float], None] = time.sleep) -> None:
    """Call `attempt`, which loads a photo and writes what follows from it, until its write is no conflict.

    Raises ConflictError after ATTEMPTS conflicts.
    """
    for number in range(ATTEMPTS):
        if attempt() is WriteResult.WRITTEN:
            return
        longest = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2**number)
        sleep(random.uniform(0, longest))  # noqa: S311 - a pause is no secret
    raise ConflictError("the photo is being changed by others all the time")
