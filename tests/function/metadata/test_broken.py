"""No broken file makes reading fail, nor the process that reads."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ROUNDS = 150
# Apart, because a fault of the library's would end the process. What is read last is told, so that it can be looked at.
FUZZ = """
import io, sys
import numpy as np
from PIL import Image
from function.metadata import read, read_sidecar
from function.values.description import Metadata
from tests.support.tagging import bag, sidecar, tagged
from tests.support.pictures import encoded, heif, jxl, quarters

kind, rounds = sys.argv[1], int(sys.argv[2])
picture = Image.fromarray(quarters())
exif = Image.Exif()
exif[0x010F] = "Maker"
exif.get_ifd(0x8769)[0x9003] = "2024:05:06 07:08:09"
exif.get_ifd(0x8825)[2] = (46.0, 30.0, 36.0)
words = sidecar('xmp:Rating="4"', bag("snow", "ski"))
drawn = {
    "HEIF": lambda: heif(quarters(), exif=exif.tobytes(), xmp=words),
    "JXL": lambda: jxl(quarters(), exif=exif.tobytes(), xmp=words),
    "XMP": lambda: io.BytesIO(words),
}.get(kind, lambda: encoded(picture, kind, exif=exif, xmp=words))
whole = drawn().getvalue()
take = (lambda content: read_sidecar(content)) if kind == "XMP" else (lambda content: read(io.BytesIO(content)))
assert take(whole) != Metadata()
for seed in range(rounds):
    rng = np.random.default_rng(seed)
    content = bytearray(whole)
    for place in rng.integers(2, min(len(content), 4000), 1 + seed % 20):
        content[place] = rng.integers(256)
    if seed % 3 == 0:
        content = content[: rng.integers(4, len(content))]
    print(seed, flush=True)
    assert isinstance(take(bytes(content)), Metadata)
"""


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF", "JXL", "XMP"])
def test_no_broken_file_makes_it_fail(kind: str) -> None:
    command = [sys.executable, "-c", FUZZ, kind, str(ROUNDS)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.split()[-1:]) == (0, [str(ROUNDS - 1)]), ran.stderr[-2000:]
    assert ran.stderr == "", "it is silent"
