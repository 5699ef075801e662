"""EXIF, IPTC and XMP as they are written, by Exiv2, from every format that it reads."""

import re
from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from threading import Lock
from typing import Any, BinaryIO

import exiv2

from function.metadata import exif
from function.metadata.containers import Blocks, blocks
from function.metadata.slices import Handed, metadata_bytes

# From the tag's name, as Exiv2 has it, to what is written there: one text or several.
Tags = Mapping[str, tuple[str, ...]]

# Bytes of one value, and values of one tag: more than is shown, less than what a layered TIFF or a DNG holds in a tag.
LONGEST_VALUE = 200_000
MOST_VALUES = 500

# Of EXIF and XMP, wherever they lie: how they begin, how much of that comes before what Exiv2 knows, and how they end.
PLAIN_SIGHT = (
    ("Exif", b"Exif\0\0II*\0", 6, b""),
    ("Exif", b"Exif\0\0MM\0*", 6, b""),
    ("Xmp", b"<x:xmpmeta", 0, b"</x:xmpmeta>"),
)
LONGEST_EXIF = 1 << 20
XML = b"<"
# How packets of XMP begin, the outermost element first, and how they end.
RDF, RDF_NAMESPACE = b"<rdf:RDF", b"http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PACKETS = {b"<x:xmpmeta": b"</x:xmpmeta>", b"<x:xapmeta": b"</x:xapmeta>", RDF: b"</rdf:RDF>"}
# BigTIFF, which Exiv2 does not read.
BIG_TIFF = (b"II+\0", b"MM\0+")
# Longer packets are pruned first; a segment of a JPEG holds no more than its length can say.
LONG_PACKET, LONGEST_SEGMENT = 64 << 10, 0xFFFF

# Tags within structures are wanted by their path, whichever of a list they belong to.
NUMBER = re.compile(r"\[\d+\]")

# It warns about every oddity of every camera.
exiv2.LogMsg.setLevel(exiv2.LogMsg.Level.mute)
_alone = Lock()


def tags(photo: BinaryIO, wanted: Container[str]) -> Tags:
    """The wanted ones of the photo's tags; none where it has none or they cannot be read, whatever the file holds."""
    content = metadata_bytes(photo)
    if not content:
        return {}
    found = tags_of(content, wanted)
    held = blocks(content)
    if bytes(content[:4]) in BIG_TIFF:
        held.exif = bytes(content)
    beside = _of_blocks(held, wanted, found)
    # What Exiv2 read of the whole file comes first; blocks add what it could not reach.
    found = {**beside, **found}
    return {**_in_plain_sight(content, wanted, found), **found}


def _of_blocks(held: Blocks, wanted: Container[str], found: Tags) -> Tags:
    """The wanted tags of the blocks of a kind that was not found, of an extension, and of texts."""
    kinds = {name.partition(".")[0] for name in found}
    added: Tags = {name: (text,) for name, text in held.texts.items() if name in wanted}
    if held.exif and "Exif" not in kinds:
        added = {**added, **(tags_of(held.exif, wanted) or exif.tags(held.exif, wanted))}
    if held.iptc and "Iptc" not in kinds:
        added = {**added, **tags_of(_as_jpeg(held.iptc), wanted)}
    for packet in (held.extension, *((held.xmp,) if "Xmp" not in kinds else ())):
        if packet:
            added = {**added, **of_packet(packet, wanted)}
    return added


def of_packet(packet: bytes, wanted: Container[str]) -> Tags:
    """The wanted tags of XML that is XMP, with whatever there is around it; none where it is none."""
    start = min((at for at in (packet.find(begins) for begins in PACKETS) if at >= 0), default=-1)
    begins = next((begins for begins in PACKETS if packet.startswith(begins, max(start, 0))), None)
    end = packet.rfind(PACKETS[begins]) if begins else -1
    if not begins and RDF_NAMESPACE in packet:
        # Programs that write XML by general libraries choose other prefixes.
        return tags_of(_pruned(packet), wanted)
    if not begins or end < start:
        return {}
    whole = packet[start : end + len(PACKETS[begins])]
    if begins == RDF:
        whole = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + whole + b"</x:xmpmeta>"
    if len(whole) <= LONG_PACKET:
        return tags_of(whole, wanted)
    return tags_of(_pruned(whole), wanted)


def _pruned(packet: bytes) -> bytes:
    # XML's parser is loaded for the first packet that needs it.
    from function.metadata.pruning import pruned

    return pruned(packet)


def _as_jpeg(records: bytes) -> bytes:
    """IPTC's records in the segment that holds them in a JPEG, which Exiv2 takes them from."""
    padded = records + b"\0" * (len(records) % 2)
    resource = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + len(records).to_bytes(4) + padded
    size = len(resource) + 2
    return b"\xff\xd8\xff\xed" + size.to_bytes(2) + resource + b"\xff\xd9" if size <= LONGEST_SEGMENT else b""


def tags_of(content: Handed, wanted: Container[str]) -> Tags:
    """The wanted tags of a file that is one for Exiv2."""
    collected: dict[str, tuple[str, ...]] = {}
    try:
        with _alone:  # what reads XMP is not made for threads
            image = exiv2.ImageFactory.open(content)
            with suppress(exiv2.Exiv2Error):  # what was read before the file turned out broken counts
                image.readMetadata()
            # Of XMP alone, Exiv2 makes EXIF and IPTC by itself, with times in UTC.
            made_up = bytes(content[:1]) == XML
            others = () if made_up else (image.exifData(), image.iptcData())
            for directory in (*others, image.xmpData()):
                for name, values in _values(directory, wanted):
                    collected[name] = (*collected.get(name, ()), *values)[:MOST_VALUES]
    except Exception:  # noqa: BLE001 - a file may hold anything, and Exiv2 says so in many ways
        return {}
    return collected


def _in_plain_sight(content: Handed, wanted: Container[str], found: Tags) -> Tags:
    """The tags of EXIF and XMP that lie in a file whose container neither way takes apart; of the kinds not found."""
    kinds = {name.partition(".")[0] for name in found}
    added: Tags = {}
    if found and not isinstance(content, bytes):
        return added  # of a file of directories all lies in these
    for kind, begins, skipped, ends in PLAIN_SIGHT:
        start = content.find(begins) if kind not in kinds else -1
        end = content.find(ends, start) + len(ends) if ends else start + LONGEST_EXIF
        if start >= 0:
            added = {**tags_of(content[start + skipped : end], wanted), **added}
    return added


def _values(directory: Iterable[Any], wanted: Container[str]) -> Iterable[tuple[str, list[str]]]:
    for datum in directory:
        name = datum.key()
        if NUMBER.sub("[]", name) in wanted and datum.size() <= LONGEST_VALUE:
            yield name, [_decoded(text) for text in _texts(datum)]


def _texts(datum: Any) -> list[str]:
    kind = datum.typeId()
    if kind in (exiv2.TypeId.xmpBag, exiv2.TypeId.xmpSeq):
        return [datum.toString(number) for number in range(min(datum.count(), MOST_VALUES))]
    # Of a text in several languages, the default; else all of them with their names.
    default = datum.toString(0) if kind == exiv2.TypeId.langAlt else ""
    return [default or datum.toString()]


def _decoded(text: str) -> str:
    # EXIF says ASCII and means whatever the camera's menu was in; what is not UTF-8 comes as lone surrogates.
    return text if text.isascii() else _or_windows(text.encode(errors="surrogateescape"))


def _or_windows(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError:
        # What Windows writes; bytes that it does not know are no characters of any.
        return text.decode("cp1252", errors="ignore")
