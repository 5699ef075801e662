"""Makes the SDK's descriptions of AWS's services quick to read: only what its calls are made of, and not compressed.

They are read at every cold start, and four fifths of them are documentation and the places of services nobody calls.
"""

import gzip
import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

# What only people read.
PROSE, EXAMPLES = ("documentation", "documentationUrl"), "examples-1.json"


def slim(described: Path, services: Collection[str]) -> None:
    """Rewrite what lies in the folder of descriptions, where no other services than these have one."""
    for path in sorted(described.rglob("*.json*")):
        content = path.read_bytes()
        path.unlink()
        if path.name.startswith(EXAMPLES):
            continue
        kept = json.loads(gzip.decompress(content) if path.suffix == ".gz" else content, object_hook=_without_prose)
        if path == described / "endpoints.json":
            kept["partitions"] = [_called(partition, services) for partition in kept["partitions"]]
        path.with_name(path.name.removesuffix(".gz")).write_text(json.dumps(kept, separators=(",", ":")))


def _without_prose(part: dict[str, Any]) -> dict[str, Any]:
    # The SDK asks for it in places, so it stays, empty. Where it is no text, it is a member of that name.
    return {name: "" if name in PROSE and isinstance(value, str) else value for name, value in part.items()}


def _called(partition: dict[str, Any], services: Collection[str]) -> dict[str, Any]:
    known = {name: places for name, places in partition["services"].items() if name in services}
    return {**partition, "services": known}
