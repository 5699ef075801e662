"""Shrinks botocore's service models: removes documentation and unused services, and stores them uncompressed.

They are parsed at every cold start, and four fifths of them are documentation and endpoints of unused services.
"""

import gzip
import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

# The parts without meaning for the SDK.
PROSE, EXAMPLES = ("documentation", "documentationUrl"), "examples-1.json"


def slim(described: Path, services: Collection[str]) -> None:
    """Rewrite the models in the folder, and reduce the endpoints to these services."""
    for path in sorted(described.rglob("*.json*")):
        content = path.read_bytes()
        path.unlink()
        if path.name.startswith(EXAMPLES):
            continue
        kept = json.loads(gzip.decompress(content) if path.suffix == ".gz" else content, object_hook=_drop_prose)
        if path == described / "endpoints.json":
            kept["partitions"] = [_reduce_endpoints(partition, services) for partition in kept["partitions"]]
        path.with_name(path.name.removesuffix(".gz")).write_text(json.dumps(kept, separators=(",", ":")))


def _drop_prose(part: dict[str, Any]) -> dict[str, Any]:
    # The SDK reads the key in places, so it stays, empty. If the value is no text, it is a member of that name.
    return {name: "" if name in PROSE and isinstance(value, str) else value for name, value in part.items()}


def _reduce_endpoints(partition: dict[str, Any], services: Collection[str]) -> dict[str, Any]:
    used = {name: places for name, places in partition["services"].items() if name in services}
    return {**partition, "services": used}
