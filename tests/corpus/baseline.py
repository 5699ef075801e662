"""What pictures of public test suites came to at last: their names and digests, and none of their bytes."""

import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.corpus.pictures import FAULT, Outcome

FILE = Path(__file__).parent / "baseline.json"
# From the best to the worst.
STATES = ("ready", "partial", "failed", "unsupported", "skipped", FAULT)
# Decoders of another version differ by less than this Delta E.
TOLERANCE = 1.0
FAR = 999.0


def read() -> dict[str, tuple[str, str, float | None]]:
    """By a file's digest: its name, its state, and its difference from Pillow's picture."""
    return {digest: (name, state, far) for digest, (name, state, far) in json.loads(FILE.read_text()).items()}


def write(outcomes: Iterable[Outcome]) -> None:
    """Keep these outcomes, a line for each file."""
    kept = {outcome.digest: [outcome.path.name, outcome.state, _rounded(outcome.nearest)] for outcome in outcomes}
    lines = (f"{json.dumps(digest)}: {json.dumps(kept[digest])}" for digest in sorted(kept))
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def worse(outcomes: Sequence[Outcome]) -> list[str]:
    """Say of each picture that is worse than it was, or a fault of Safelight's own, in what."""
    known = read()
    found = []
    for outcome in outcomes:
        name, state, far = known.get(outcome.digest, (outcome.path.name, STATES[-2], None))
        if STATES.index(outcome.state) > STATES.index(state):
            found.append(f"{name}: {outcome.state}, and was {state}: {outcome.reason or ''}")
        now = _rounded(outcome.nearest)
        if far is not None and now is not None and now > far + TOLERANCE:
            found.append(f"{name}: differs by {now}, and differed by {far}")
    return found


def _rounded(difference: float | None) -> float | None:
    if difference is None:
        return None
    return FAR if math.isinf(difference) else round(difference, 1)
