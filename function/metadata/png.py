"""Reads what PNG's chunks say beside the picture: EXIF, XMP, IPTC and dates, in the ways of many programs."""

import zlib
from collections.abc import Iterator
from typing import NamedTuple

from function.metadata.handed import Handed

SIGNATURE_BYTES = 8
TEXTS = (b"tEXt", b"zTXt", b"iTXt")
OF_NOTE = (*TEXTS, b"eXIf", b"tIME")
XMP_KEYWORD = "XML:com.adobe.xmp"
# ImageMagick writes other formats' metadata as text: a line with the kind, one with the length, then hexadecimal.
PROFILES = "Raw profile type "
# By whom: PNG's standard and Windows; programs of scientists. ImageMagick's date:create is a file's, not a photo's.
CREATED = ("creation time", "create-date", "datetimeoriginal", "exif:datetimeoriginal", "date taken", "datetaken")
WORDS = {"title": "Png.Title", "description": "Png.Description", "author": "Png.Author", "copyright": "Png.Copyright"}
LARGEST, LONGEST_TEXT = 16 << 20, 64 << 10
MOST_CHUNKS = 100_000


class Text(NamedTuple):
    """A keyword and its text, which is bytes in the encoding of the chunk's kind."""

    keyword: str
    value: bytes
    encoding: str


def exif(content: Handed) -> bytes:
    """The EXIF of the chunk for it, else of a profile that is written as text; empty where there is none."""
    found = next(
        (bytes(content[start : start + size]) for kind, start, size in _chunks(content) if kind == b"eXIf"), b""
    )
    return found or _profile(content, "exif") or _profile(content, "APP1")


def xmp(content: Handed) -> bytes:
    """The XMP packet; empty where there is none."""
    packets = (text.value for text in _texts(content) if text.keyword == XMP_KEYWORD)
    return next(packets, b"") or _profile(content, "xmp")


def iptc(content: Handed) -> bytes:
    """IPTC's records of a profile that is written as text, as they are or within Photoshop's resource."""
    found = _profile(content, "iptc") or _profile(content, "8bim")
    at = found.find(b"8BIM\x04\x04")
    return found[at + 12 :] if at >= 0 else found


def texts(content: Handed) -> dict[str, str]:
    """The words of PNG's standard, the time of creation, and that of the last change, by the names of tags."""
    found: dict[str, str] = {}
    for text in _texts(content):
        keyword = text.keyword.casefold()
        name = "Png.CreationTime" if keyword in CREATED else WORDS.get(keyword)
        if name and len(text.value) <= LONGEST_TEXT:
            found.setdefault(name, text.value.decode(text.encoding, errors="replace"))
    for kind, start, size in _chunks(content):
        if kind == b"tIME" and size == 7:  # noqa: PLR2004 - a year of two bytes, then month, day and time
            year, rest = int.from_bytes(content[start : start + 2]), content[start + 2 : start + 7]
            found["Png.ModifyTime"] = "{:04}:{:02}:{:02} {:02}:{:02}:{:02}Z".format(year, *rest)
    return found


def _chunks(content: Handed) -> Iterator[tuple[bytes, int, int]]:
    at = SIGNATURE_BYTES
    for _ in range(MOST_CHUNKS):
        if at + 8 > len(content):
            return
        kind, size = bytes(content[at + 4 : at + 8]), int.from_bytes(content[at : at + 4])
        if not kind.isalpha() or at + 8 + size > len(content):
            # A chunk's stated length is wrong: on to the next chunk of note.
            places = [content.find(name, at + 9) for name in OF_NOTE]
            at = min((place for place in places if place >= 0), default=len(content)) - 4
            continue
        yield kind, at + 8, size
        at += 12 + size


def _texts(content: Handed) -> Iterator[Text]:
    for kind, start, size in _chunks(content):
        if kind in TEXTS and size <= LARGEST:
            keyword, _, rest = bytes(content[start : start + size]).partition(b"\0")
            text = _text(kind, rest)
            if text is not None:
                yield Text(keyword.decode("latin-1"), text, "utf-8" if kind == b"iTXt" else "latin-1")


def _text(kind: bytes, rest: bytes) -> bytes | None:
    if kind == b"tEXt":
        return rest
    if kind == b"zTXt":
        return _inflated(rest[1:])
    is_packed, rest = rest[:1] == b"\1", rest[2:]
    value = rest.split(b"\0", 2)[-1]  # behind the language and the keyword in that language
    return _inflated(value) if is_packed else value


def _inflated(packed: bytes) -> bytes | None:
    try:
        return zlib.decompressobj().decompress(packed, LARGEST)
    except zlib.error:
        return None


def _profile(content: Handed, kind: str) -> bytes:
    for text in _texts(content):
        if text.keyword.casefold() == (PROFILES + kind).casefold():
            lines = text.value.split()
            try:
                return bytes.fromhex(b"".join(lines[2:]).decode("ascii"))
            except (ValueError, UnicodeDecodeError):
                return b""
    return b""
