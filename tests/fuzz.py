"""Feeds broken photos to the decoders: `make fuzz SECONDS=60`. Nothing but what is wrong with a photo may come out."""

import argparse
import io
import random
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from function.contract import RenditionSpec
from function.errors import PhotoError
from function.sandbox.process import Limits, Sandbox
from function.sandbox.tasks import DESCRIBE, RENDER, TASKS, Task
from tests.function.imaging.bombs import BOMBS
from tests.function.imaging.golden import KINDS
from tests.function.imaging.raws import cr3, jpeg, raf
from tests.function.pictures import quarters

RECIPE = (RenditionSpec(64),)
LIMITS = Limits(seconds=30, memory=1 << 30)
KEPT = Path("build") / "fuzz"


def main() -> int:
    """Mutate, decode, count; 1 when anything but a PhotoError came out."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="how long (default %(default)s)")
    parser.add_argument("--seed", type=int, default=None, help="to see the same files again")
    parser.add_argument("samples", nargs="*", type=Path, help="files to mutate too, besides those drawn here")
    given = parser.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")
    ended, faults = _fuzzed(random.Random(seed), _seeds(given.samples), time.monotonic() + given.seconds)
    print(", ".join(f"{count} {what}" for what, count in ended.most_common()))
    return 1 if faults else 0


def _seeds(samples: list[Path]) -> dict[str, bytes]:
    drawn = {kind: make().getvalue() for kind, make in KINDS.items()}
    preview = jpeg(quarters(240, 160))
    drawn |= {"cr3": cr3(preview), "raf": raf(preview, (240, 160))}
    bombs = {f"{kind} bomb": make(60_000, 60_000) for kind, make in BOMBS.items()}
    return drawn | bombs | {path.name: path.read_bytes() for path in samples}


def _fuzzed(chosen: random.Random, seeds: dict[str, bytes], until: float) -> tuple[Counter[str], int]:
    sandbox, ended, faults = Sandbox(LIMITS, tuple(task.name for task in TASKS)), Counter[str](), 0
    names = list(seeds)
    while time.monotonic() < until:
        name = chosen.choice(names)
        content = _mutated(chosen, seeds[name])
        for task, arguments in ((RENDER, (RECIPE,)), (DESCRIBE, ("2024/a.jpg", datetime.now(UTC)))):
            what = _ending(sandbox, task, content, arguments)
            ended[what.split(":")[0]] += 1
            if what.startswith("fault"):
                faults += 1
                _keep(name, content, what)
    sandbox.close()
    return ended, faults


def _ending(sandbox: Sandbox, task: Task[Any], content: bytes, arguments: tuple[object, ...]) -> str:
    """How it ended; a decoder that crashed or did not end is told apart from a photo that it refused."""
    try:
        sandbox.call(task, io.BytesIO(content), *arguments)
    except PhotoError as error:
        lost = "ended its decoder" in str(error) or "in time" in str(error)
        if task == DESCRIBE and not lost:
            return f"fault: reading metadata raised {error}"
        return "decoders lost" if lost else "refused"
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        return f"fault: {error}"
    return "shown" if task == RENDER else "read"


def _mutated(chosen: random.Random, content: bytes) -> bytes:
    made = bytearray(content)
    for _ in range(chosen.choice((1, 1, 2, 4, 16))):
        chosen.choice(MUTATIONS)(chosen, made)
    return bytes(made)


def _set(chosen: random.Random, content: bytearray) -> None:
    # Most of what matters stands at the beginning.
    most = len(content) if chosen.random() < 0.5 else min(len(content), 1024)
    if most:
        content[chosen.randrange(most)] = chosen.choice((0, 1, 0x7F, 0x80, 0xFF, chosen.randrange(256)))


def _number(chosen: random.Random, content: bytearray) -> None:
    at = chosen.randrange(max(1, min(len(content), 4096)))
    size = chosen.choice((2, 4, 8))
    number = chosen.choice((0, 1, (1 << 8 * size) - 1, 1 << 8 * size - 1, len(content), chosen.randrange(1 << 16)))
    content[at : at + size] = (number % (1 << 8 * size)).to_bytes(size, chosen.choice(("little", "big")))


def _cut(chosen: random.Random, content: bytearray) -> None:
    del content[chosen.randrange(len(content) + 1) :]


def _remove(chosen: random.Random, content: bytearray) -> None:
    at = chosen.randrange(len(content) + 1)
    del content[at : at + chosen.randrange(1, 64)]


def _repeat(chosen: random.Random, content: bytearray) -> None:
    at = chosen.randrange(len(content) + 1)
    content[at:at] = content[at : at + chosen.randrange(1, 512)]


MUTATIONS = (_set, _set, _set, _number, _number, _cut, _remove, _repeat)


def _keep(name: str, content: bytes, what: str) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{abs(hash(content)):016x}"
    path.write_bytes(content)
    print(f"{name}, kept as {path}: {what}")


if __name__ == "__main__":
    sys.exit(main())
