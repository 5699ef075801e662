"""The first bytes decide the format and the structure."""

import pytest

from function.files.identify import identify
from function.files.signatures import Structure


def box(major: bytes, *compatible: bytes, behind: bytes = b"") -> bytes:
    content = b"ftyp" + major + bytes(4) + b"".join(compatible)
    return (4 + len(content)).to_bytes(4) + content + behind


@pytest.mark.parametrize(
    ("head", "name", "structure"),
    [
        (b"\xff\xd8\xff\xe1", "jpeg", Structure.JPEG),
        (b"RIFF\x00\x01\x00\x00WEBPVP8 ", "webp", Structure.WEBP),
        (b"RIFF\x00\x01\x00\x00AVI LIST", "a video", Structure.PIXELS),
        (b"II*\x00\x10\x00\x00\x00CR\x02\x00", "raw", Structure.TIFF),
        (b"II*\x00\x08\x00\x00\x00\x01\x00", "tiff", Structure.TIFF),
        (b"FUJIFILMCCD-RAW 0201", "raw", Structure.RAF),
        (b"FOVb\x00\x00", "raw", Structure.TAGGED),
        (b"\xff\x0a\xfa", "jxl", Structure.PIXELS),
        (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "jxl", Structure.BOXES),
        (b"8BPS\x00\x02", "a large Photoshop document (PSB)", Structure.PSD),
        (b"%!PS-Adobe-3.0", "eps", Structure.PIXELS),
        (b"<?xml version='1.0'?><svg>", "an SVG drawing", Structure.PIXELS),
        (b"Dear diary", "a text file", Structure.PIXELS),
        (b"G" + bytes(187) + b"G", "a video", Structure.PIXELS),
        (bytes(4) + b"G" + bytes(191) + b"G", "a video", Structure.PIXELS),
        (b"\x01\x02\x03", "a file of unknown kind", Structure.PIXELS),
        (b"", "a text file", Structure.PIXELS),
    ],
)
def test_the_first_bytes_decide(head: bytes, name: str, structure: Structure) -> None:
    found = identify(head)
    assert (found.format.name, found.structure) == (name, structure)


@pytest.mark.parametrize(
    ("head", "name", "structure"),
    [
        (box(b"heic", b"mif1"), "heif", Structure.BOXES),
        (box(b"mif1", b"miaf", b"avif"), "avif", Structure.BOXES),
        (box(b"mif1", b"heic", b"avif"), "heif", Structure.BOXES),
        (box(b"crx ", b"isom"), "raw", Structure.CR3),
        (box(b"mif1", behind=b"....av01"), "avif", Structure.BOXES),
        (box(b"msf1", behind=b"....hvc1"), "heif", Structure.BOXES),
        (box(b"isom", b"heic"), "a video", Structure.PIXELS),
        (box(b"mif1", b"avif")[:14], "heif", Structure.BOXES),
    ],
)
def test_the_first_brand_of_the_table_decides(head: bytes, name: str, structure: Structure) -> None:
    found = identify(head)
    assert (found.format.name, found.structure) == (name, structure)
