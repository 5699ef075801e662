"""Writes the state as one text.

MiniStack uses `json.dump`, which encodes in Python and takes six times as long: for a large library more than the
time that the process is given to stop.
No longer needed when `json.dump` encodes in C, or MiniStack calls `json.dumps`.
"""

import json
from types import SimpleNamespace
from typing import Any, TextIO

from ministack.core import persistence


def apply() -> None:
    """Make `ministack.core.persistence` write with `json.dumps`."""

    def dump(value: Any, file: TextIO, **options: Any) -> None:
        file.write(json.dumps(value, **options))

    persistence.json = SimpleNamespace(**{**vars(json), "dump": dump})
