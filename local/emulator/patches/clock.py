"""Keeps events in order and messages visible when the machine's clock jumps.

MiniStack begins S3's sequencers with the time of its start: after a clock that went back, a new version of a photo
looks older than the one before, and the index keeps the old one. SQS and event source mappings compare moments of the
clock: a message that is received before the clock goes back by a day is hidden for a day.
No longer needed when MiniStack keeps its last sequencer, and takes waits from a monotonic clock.
"""

import itertools
import time
from types import SimpleNamespace

from ministack.core.responses import AccountRegionScopedDict
from ministack.services import lambda_svc, s3, sqs

from local.emulator import database
from local.emulator.database import SET_COUNTER

SEQUENCER = "sequencer"
# More events than one run has: the next run begins above them. In microseconds of the clock, ten seconds.
RESERVED = 10_000_000


def apply() -> None:
    """Begin sequencers above all earlier ones, and wait by the monotonic clock."""
    s3._event_sequence = itertools.count(_reserve())
    offset = time.time() - time.monotonic()
    sqs.time = SimpleNamespace(**{**vars(time), "time": lambda: offset + time.monotonic()})
    lambda_svc._esm_backoff_until = Pauses()


class Pauses(AccountRegionScopedDict):  # type: ignore[misc]  # MiniStack has no types
    """Until when each event source mapping pauses after a failure; no pause outlasts MiniStack's own."""

    def get(self, key: object, default: float = 0) -> float:
        """The moment at which the pause ends; the default where the clock has gone back since."""
        until: float = super().get(key, default)
        return until if until <= time.time() + lambda_svc._ESM_BACKOFF_SECONDS else default


def _reserve() -> int:
    """A number above every sequencer of earlier runs, in whole microseconds since 1970 where the clock is right."""
    first = max(time.time_ns() // 1000, database.shared().counter(SEQUENCER))
    database.shared().write([(SET_COUNTER, (SEQUENCER, first + RESERVED))])
    return first
