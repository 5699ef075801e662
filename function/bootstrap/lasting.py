"""What a cold start makes lasts as long as the process."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from function import settings


@contextmanager
def lasting() -> Iterator[None]:
    """Look for no garbage in what is made meanwhile, and in a function never: the search takes a quarter of a start."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # A process that makes clients again and again, as a test does, has to find what is left of those before.
        if settings.is_function():
            gc.freeze()
        if was:
            gc.enable()
