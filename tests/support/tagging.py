"""Writes tags into drawn pictures, and draws sidecars."""

from collections.abc import Mapping, Sequence

import exiv2

HEAD = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    'xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
)
TAIL = "</rdf:Description></rdf:RDF></x:xmpmeta>"


def tagged(content: bytes, written: Mapping[str, str | Sequence[str]]) -> bytes:
    """Write tags, with Exiv2's names, into a picture."""
    image = exiv2.ImageFactory.open(content)
    image.readMetadata()
    kinds = {"Exif": image.exifData(), "Iptc": image.iptcData(), "Xmp": image.xmpData()}
    for name, value in written.items():
        directory = kinds[name.partition(".")[0]]
        if isinstance(value, str):
            directory[name] = value
        elif name.startswith("Iptc"):
            for one in value:
                directory.add(exiv2.IptcKey(name), exiv2.StringValue(one))
        else:
            directory[name] = list(value)
    image.writeMetadata()
    with image.data() as made:
        return bytes(made)


def sidecar(attributes: str = "", inside: str = "") -> bytes:
    """Make an XMP file with these attributes and elements."""
    return f"{HEAD}{attributes}>{inside}{TAIL}".encode()


def bag(*words: str) -> str:
    """Return keywords as an XMP bag."""
    items = "".join(f"<rdf:li>{word}</rdf:li>" for word in words)
    return f"<dc:subject><rdf:Bag>{items}</rdf:Bag></dc:subject>"
