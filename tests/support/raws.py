"""Makes RAW files with previews: DNG by `local.samples`, and minimal CR3 and RAF files."""

import io
import struct
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from local.samples import Dng, write_dng
from tests.support.pictures import Pixels, encoded, quarters

TAKEN = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


def jpeg(pixels: Pixels, **options: object) -> bytes:
    return encoded(Image.fromarray(pixels), "JPEG", quality=95, **options).getvalue()


def dng(pixels: Pixels | None = None, preview: bytes | None = None, orientation: int = 1) -> bytes:
    """Make a DNG of unrotated pixels, with or without a JPEG preview."""
    written = preview and (preview, *Image.open(io.BytesIO(preview)).size)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.dng"
        write_dng(path, quarters(480, 320) if pixels is None else pixels, Dng(TAKEN, orientation, written or None))
        return path.read_bytes()


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def cr3(preview: bytes, sensor_bytes: int = 100, size: tuple[int, int] | None = None) -> bytes:
    """Make a CR3 with a preview, and a sensor track that cannot be decoded."""
    width, height = size or Image.open(io.BytesIO(preview)).size
    facts = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
    first = struct.pack("<2sHIHHHIII", b"II", 42, 8, 1, 274, 3, 1, 1, 0)
    exif = struct.pack("<2sHIHHHIII", b"II", 42, 8, 1, 40961, 3, 1, 1, 0)
    head = box(b"ftyp", b"crx \x00\x00\x00\x01crx isom")

    def movie(at: int) -> bytes:
        tracks = (track(width, height, len(preview), at), track(width, height, sensor_bytes, at + len(preview)))
        return box(b"moov", box(b"uuid", facts + box(b"CMT1", first) + box(b"CMT2", exif)) + b"".join(tracks))

    start = len(head) + len(movie(0)) + 8
    return head + movie(start) + box(b"mdat", preview + bytes(sensor_bytes))


def track(width: int, height: int, size: int, at: int) -> bytes:
    described = bytes(8) + box(b"CRAW", bytes(24) + struct.pack(">HH", width, height) + bytes(40))
    sizes, places = struct.pack(">IIII", 0, size, 1, 0), struct.pack(">IIQ", 0, 1, at)
    table = box(b"stsd", described) + box(b"stsz", sizes) + box(b"co64", places)
    return box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", table))))


def raf(preview: bytes, size: tuple[int, int], sensor_bytes: int = 100) -> bytes:
    """Make a RAF with a preview, and sensor data that cannot be decoded."""
    width, height = size
    facts = struct.pack(">IHHHH", 1, 0x111, 4, height, width)
    at = 160
    spans = ((at, len(preview)), (at + len(preview), len(facts)), (at + len(preview) + len(facts), sensor_bytes))
    head = b"FUJIFILMCCD-RAW ".ljust(84, b"0") + struct.pack(">6I", *(number for span in spans for number in span))
    return head.ljust(at, b"\x00") + preview + facts + bytes(sensor_bytes)
