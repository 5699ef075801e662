"""Compares the metadata of a folder of files with exiftool's: `python -m tests.corpus.metadata DIR...`.

Prints a line for each value that exiftool reads and Safelight reads otherwise or not at all.
"""

import io
import json
import math
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from function.metadata import read, read_sidecar
from function.metadata.automatic import is_automatic
from function.metadata.dates import moment
from function.metadata.text import exposure, plain
from function.values import Metadata

# Values that exiftool computes or takes from makers' notes, which Safelight does not read.
UNREAD_GROUPS = {"Composite", "MakerNotes", "SigmaRaw", "PLIST", "QuickTime", "File", "Photoshop", "JFIF"}
CLOSE = 1e-3


@dataclass(frozen=True)
class Difference:
    """A value that the two read otherwise."""

    file: Path
    name: str
    ours: object
    theirs: object


def _number(value: Any) -> float | None:
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return found if math.isfinite(found) and found else None


def _text(value: Any) -> str | None:
    found = plain(str(value))
    return None if not found or is_automatic(found) else found


def _time(value: Any) -> str | None:
    found = moment(str(value))
    return f"{found.when:%Y-%m-%dT%H:%M:%S}" if found else None


def _exposure(value: Any) -> str | None:
    number = _number(value)
    return exposure(f"{number:.9f}") if number else None


# From what Safelight calls a value to exiftool's tags for it, any of which may be right, and how these are read.
COMPARED: dict[str, tuple[tuple[str, ...], Callable[[Any], Any]]] = {
    "taken": (("DateTimeOriginal", "DateCreated", "CreateDate", "DateTimeDigitized", "CreationTime"), _time),
    "make": (("Make",), _text),
    "model": (("Model",), _text),
    "exposure": (("ExposureTime",), _exposure),
    "aperture": (("FNumber",), _number),
    "iso": (("ISO",), _number),
    "focal_length": (("FocalLength",), _number),
    "latitude": (("GPSLatitude",), _number),
    "longitude": (("GPSLongitude",), _number),
    "altitude": (("GPSAltitude",), _number),
    "title": (("Title", "ObjectName", "XPTitle"), _text),
    "caption": (("Description", "Caption-Abstract", "ImageDescription", "XPComment", "UserComment"), _text),
    "rating": (("Rating",), _number),
    "city": (("City",), _text),
}
TAGS = sorted({tag for tags, _ in COMPARED.values() for tag in tags})
# Of these, latitude and longitude have their signs in exiftool's own composition alone.
SIGNED = ("GPSLatitude", "GPSLongitude", "GPSAltitude")


def run(folders: Sequence[Path]) -> list[Difference]:
    """Compare all files below the folders and print what differs; nothing where exiftool is not installed."""
    if not shutil.which("exiftool"):
        print("exiftool is not installed: metadata is not compared")
        return []
    found = [difference for folder in folders for difference in differences(folder)]
    for difference in found:
        print(f"{difference.file}: {difference.name}: {difference.ours!r}, exiftool {difference.theirs!r}")
    counts = Counter(difference.name for difference in found)
    print(f"{len(found)} values differ from exiftool's:", ", ".join(f"{n} {name}" for name, n in counts.most_common()))
    return found


def differences(folder: Path) -> Iterator[Difference]:
    """What is read otherwise of each file below the folder."""
    for entry in _exiftool(folder):
        file = Path(entry.pop("SourceFile"))
        ours = _ours(file)
        for name, (tags, reader) in COMPARED.items():
            theirs = list(_theirs(entry, tags, reader))
            value = getattr(ours, name)
            read_here = f"{value:%Y-%m-%dT%H:%M:%S}" if name == "taken" and value else value
            if theirs and not any(_same(read_here, one) for one in theirs):
                yield Difference(file, name, read_here, theirs[0])


def _exiftool(folder: Path) -> list[dict[str, Any]]:
    command = ["exiftool", "-json", "-n", "-G0", "-a", "-r", *(f"-{tag}" for tag in TAGS), str(folder)]
    ran = subprocess.run(command, capture_output=True, check=False)
    return json.loads(ran.stdout) if ran.stdout.strip() else []


def _theirs(entry: dict[str, Any], tags: Sequence[str], reader: Callable[[Any], Any]) -> Iterator[Any]:
    for wanted in tags:
        for name, value in entry.items():
            group, _, tag = name.partition(":")
            if tag == wanted and (group not in UNREAD_GROUPS or (group == "Composite" and tag in SIGNED)):
                found = reader(value)
                if found is not None:
                    yield found


def _ours(file: Path) -> Metadata:
    content = file.read_bytes()
    return read_sidecar(content) if file.suffix.lower() == ".xmp" else read(io.BytesIO(content))


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, float):
        return math.isclose(ours, theirs, rel_tol=CLOSE, abs_tol=CLOSE)
    return ours == theirs


if __name__ == "__main__":
    run([Path(folder) for folder in sys.argv[1:]])
