"""Prints what is known of a photo without any AWS: `python -m function.metadata FILE [--sidecar XMP] [--json]`."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from function.errors import PhotoError
from function.sandbox.process import FaultError, Sandbox
from function.sandbox.tasks import DESCRIBE
from function.values.description import Description, Metadata

FIRST = ("taken", "taken_source", "taken_precision")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a photo's metadata; 1 where one of the files cannot be read."""
    given = _parser().parse_args(arguments)
    try:
        sidecar = given.sidecar.read_bytes() if given.sidecar else b""
        with given.file.open("rb") as photo:
            # Apart from this process, as in the library: no file brings down what reads it.
            described = Sandbox(preload=(DESCRIBE.name,)).call(
                DESCRIBE, photo, given.key or given.file.name, datetime.now(UTC), sidecar
            )
    except OSError as error:
        return _refused(f"{error.filename or given.file} cannot be read: {error.strerror}.")
    except (PhotoError, FaultError):
        return _refused(f"{given.file} cannot be read: its metadata is damaged. Upload it without its sidecar.")
    known = as_json(described)
    print(json.dumps(known, ensure_ascii=False) if given.json else _in_lines(known))  # noqa: T201
    return 0


def as_json(described: Description) -> dict[str, Any]:
    """Return the metadata by name, None where there is none. Times are ISO 8601, with an offset where it is known."""
    taken, metadata = described.taken, described.metadata
    others = {field.name: getattr(metadata, field.name) for field in fields(Metadata) if field.name not in FIRST}
    return {
        "taken": taken.when.isoformat() if taken.is_known else None,
        "taken_source": taken.source,
        "taken_precision": taken.precision if taken.is_known else None,
        **{name: list(value) if isinstance(value, tuple) else value for name, value in others.items()},
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m function.metadata", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="a photo in any format, RAW files included")
    parser.add_argument("--sidecar", type=Path, metavar="XMP", help="the XMP sidecar that lies beside it")
    parser.add_argument(
        "--key", metavar="NAME", help="its key in the library: the names of file and folder may be dates"
    )
    parser.add_argument("--json", action="store_true", help="all values as one line of JSON, those not known as null")
    return parser


def _in_lines(known: dict[str, Any]) -> str:
    texts = {name: ", ".join(value) if isinstance(value, list) else value for name, value in known.items()}
    return "\n".join(f"{name:16} {value}" for name, value in texts.items() if value not in (None, ""))


def _refused(reason: str) -> int:
    print(reason, file=sys.stderr)  # noqa: T201
    return 1


if __name__ == "__main__":
    sys.exit(main())
