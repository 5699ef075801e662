"""Speeds up botocore's reading of its service models, which takes half of the time of making a client."""

import gzip
import json
from pathlib import Path
from typing import Any

from botocore.loaders import JSONFileLoader, Loader


class PlainDictLoader(JSONFileLoader):
    """Loads JSON into plain dicts, which keep their order like botocore's OrderedDicts, in half the time."""

    def load_file(self, file_path: str) -> Any:
        """Load a file, compressed or not, by its path without extension. Returns None where there is none."""
        plain, compressed = Path(f"{file_path}.json"), Path(f"{file_path}.json.gz")
        if plain.is_file():
            return json.loads(plain.read_bytes())
        return json.loads(gzip.decompress(compressed.read_bytes())) if compressed.is_file() else None


def loader() -> Loader:
    """Return botocore's loader of its own service models."""
    return Loader(file_loader=PlainDictLoader())
