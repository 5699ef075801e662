"""What a cold start makes lasts as long as the process."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from function.settings import settings


@contextmanager
def without_gc() -> Iterator[None]:
    """Look for no garbage in what is made meanwhile, nor later: the search takes a quarter of a cold start."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # Where clients are made again and again, as in tests, what is left of those before has to be found: all but
        # what comes first, the SDK itself.
        if settings.is_function() or not gc.get_freeze_count():
            gc.freeze()
        if was:
            gc.enable()
