"""Takes from large packets of XMP what is not read: edits, masks and histories of programs."""

from xml.parsers import expat

RDF, XML = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/XML/1998/namespace"
# The namespaces of all that is read; others, with edits, masks and histories, make packets large.
NAMESPACES = {
    RDF: "rdf",
    XML: "xml",
    "adobe:ns:meta/": "x",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://ns.adobe.com/exif/1.0/aux/": "aux",
    "http://cipa.jp/exif/1.0/": "exifEX",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/lightroom/1.0/": "lr",
    "http://www.digikam.org/ns/1.0/": "digiKam",
    "http://ns.microsoft.com/photo/1.0/": "MicrosoftPhoto",
    "http://ns.microsoft.com/photo/1.0": "MicrosoftPhoto1",
    "http://ns.microsoft.com/photo/1.2/": "MP",
    "http://ns.microsoft.com/photo/1.2/t/RegionInfo#": "MPRI",
    "http://ns.microsoft.com/photo/1.2/t/Region#": "MPReg",
    "http://www.metadataworkinggroup.com/schemas/regions/": "mwg-rs",
    "http://ns.iview-multimedia.com/mediapro/1.0/": "mediapro",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "Iptc4xmpExt",
    "http://ns.adobe.com/xmp/sType/Area#": "stArea",
    "http://ns.adobe.com/xap/1.0/sType/Dimensions#": "stDim",
}
# A packet is x:xmpmeta, in it rdf:RDF, in it rdf:Description, in it properties.
PROPERTY = 3
LONGEST_ATTRIBUTE = 100_000
LARGEST_PRUNED = 4 << 20


def pruned(packet: bytes) -> bytes:
    """The packet without comments and without the properties of programs that are not read; empty where it is no XML.

    Exiv2 takes a time for a packet that grows faster than the packet: 16 MB of drawn masks are pruned in a second.
    """
    pruning = _Pruning()
    try:
        return pruning.of(packet)
    except (expat.ExpatError, ValueError):
        return b""


class _Pruning:
    """Writes the elements of the known namespaces again while a packet is parsed."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._size, self._depth, self._skipped_from = 0, 0, 0

    def of(self, packet: bytes) -> bytes:
        """The packet's known part. Raises ExpatError."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(packet, True)
        return "".join(self._written).encode() if self._size <= LARGEST_PRUNED else b""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._skipped_from:
            return
        known = _prefixed(name)
        if not known:
            self._skipped_from = self._depth
            return
        pairs = {prefixed: value for key, value in attributes.items() if (prefixed := _prefixed(key))}
        written = [f' {key}="{_escaped(value)}"' for key, value in pairs.items() if len(value) <= LONGEST_ATTRIBUTE]
        spaces = [f' xmlns:{prefix}="{uri}"' for uri, prefix in NAMESPACES.items() if uri != XML]
        self._write("".join(["<", known, *(spaces if self._depth == 1 else ()), *written, ">"]))

    def _end(self, name: str) -> None:
        if not self._skipped_from:
            self._write(f"</{_prefixed(name)}>")
        elif self._depth == self._skipped_from:
            self._skipped_from = 0
        self._depth -= 1

    def _text(self, text: str) -> None:
        if not self._skipped_from and self._depth > PROPERTY:
            self._write(_escaped(text))

    def _write(self, text: str) -> None:
        self._size += len(text)
        if self._size <= LARGEST_PRUNED:
            self._written.append(text)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _prefixed(name: str) -> str | None:
    uri, _, local = name.rpartition(" ")
    # rdf:about is written without its prefix by old programs.
    return f"{NAMESPACES[uri]}:{local}" if uri in NAMESPACES else "rdf:about" if name == "about" else None
