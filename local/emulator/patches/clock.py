"""Keeps events in order and messages visible when the machine's clock jumps.

MiniStack starts S3's sequencers with the time of its start: if the clock went back, a new version of a photo seems
older than the one before, and the index keeps the old one. SQS and event source mappings compare times of the system
clock: if it goes back by a day, a received message is hidden for a day.
No longer needed when MiniStack stores its last sequencer, and waits by a monotonic clock.
"""

import itertools
import time
from types import SimpleNamespace

from ministack.core.responses import AccountRegionScopedDict
from ministack.services import lambda_svc, s3, sqs

from local.emulator import database
from local.emulator.database import SET_COUNTER

SEQUENCER = "sequencer"
# More events than one run has, so that the next run starts above them; as time in microseconds, ten seconds.
RESERVED = 10_000_000


def apply() -> None:
    """Start sequencers above all earlier ones, and wait by the monotonic clock."""
    s3._event_sequence = itertools.count(_reserve())
    offset = time.time() - time.monotonic()
    sqs.time = SimpleNamespace(**{**vars(time), "time": lambda: offset + time.monotonic()})
    lambda_svc._esm_backoff_until = Pauses()


class Pauses(AccountRegionScopedDict):  # type: ignore[misc]  # MiniStack has no types
    """The ends of event source mappings' pauses after failures; no pause is longer than MiniStack's."""

    def get(self, key: object, default: float = 0) -> float:
        """Return the time at which the pause ends; the default if the clock has gone back since."""
        until: float = super().get(key, default)
        return until if until <= time.time() + lambda_svc._ESM_BACKOFF_SECONDS else default


def _reserve() -> int:
    """Return a number above every sequencer of earlier runs: microseconds since 1970 if the clock is right."""
    first = max(time.time_ns() // 1000, database.shared().counter(SEQUENCER))
    database.shared().write([(SET_COUNTER, (SEQUENCER, first + RESERVED))])
    return first
