"""What a file is, by its first bytes: never by its name."""

from collections.abc import Callable
from dataclasses import dataclass

from function.errors import EmptyFileError, NotAPhotoError, UnsupportedFormatError

HEAD_BYTES = 4096


@dataclass(frozen=True)
class Signature:
    """A format and the bytes that tell it, at their place in the file."""

    format: str
    magic: bytes
    at: int = 0

    def fits(self, head: bytes) -> bool:
        """Whether a file that begins with these bytes is of the format."""
        return head.startswith(self.magic, self.at)


# ISO base media files (HEIF, AVIF, CR3, MP4) name their brands in their first box: the major one, then the compatible.
# The first brand of this table decides, and the structural ones count where no other does.
BRANDS = {
    "avif": (b"avif", b"avis", b"MA1A", b"MA1B"),
    "heif": (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs"),
    "raw": (b"crx ",),
}
STRUCTURAL_BRANDS = (b"mif1", b"mif2", b"mif3", b"msf1", b"miaf")
# The kinds of items, by which a file of structural brands alone tells its codec.
AVIF_ITEMS = (b"av01",)
JPEG_2000 = (b"\x00\x00\x00\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51")

# The first that fits decides, so the longer signatures stand before the shorter ones that they begin with.
TAKEN = (
    Signature("jpeg", b"\xff\xd8\xff"),
    Signature("png", b"\x89PNG\r\n\x1a\n"),
    Signature("bmp", b"BM"),
    Signature("psd", b"8BPS\x00\x01"),
    Signature("jxl", b"\xff\x0a"),
    Signature("jxl", b"\x00\x00\x00\x0cJXL \r\n\x87\n"),
    Signature("gif", b"GIF87a"),
    Signature("gif", b"GIF89a"),
    *(Signature("jp2", magic) for magic in JPEG_2000),
    Signature("raw", b"HEAPCCDR", 6),
    Signature("raw", b"FUJIFILMCCD-RAW"),
    Signature("raw", b"FOVb"),
    Signature("raw", b"\x00MRM"),
    Signature("raw", b"IIU\x00"),
    Signature("raw", b"IIRO"),
    Signature("raw", b"IIRS"),
    Signature("raw", b"MMOR"),
    Signature("raw", b"CR\x02", 8),
    Signature("tiff", b"II*\x00"),
    Signature("tiff", b"MM\x00*"),
    Signature("tiff", b"II+\x00"),
    Signature("tiff", b"MM\x00+"),
)

# What people drop in among their photos: named, so that the reason helps.
REFUSED = {
    "an EPS or PostScript file": (b"%!PS", b"\xc5\xd0\xd3\xc6"),
    "a PDF document": (b"%PDF",),
    "a large Photoshop document (PSB)": (b"8BPS",),
    "a JPEG XR picture": (b"II\xbc",),
    "an OpenEXR picture": (b"\x76\x2f\x31\x01",),
    "a Radiance HDR picture": (b"#?RADIANCE", b"#?RGBE"),
    "a GIMP document": (b"gimp xcf",),
    "an icon": (b"\x00\x00\x01\x00", b"icns"),
    "a cursor": (b"\x00\x00\x02\x00",),
    "a QOI picture": (b"qoif",),
    "a BPG picture": (b"BPG\xfb",),
    "a FLIF picture": (b"FLIF",),
    "a DirectDraw texture": (b"DDS ",),
    "a FITS picture": (b"SIMPLE  =",),
    "a PBM, PGM or PPM picture": tuple(b"P%d%c" % (kind, blank) for kind in range(1, 8) for blank in b"\n \t\r"),
    "a ZIP archive or an office document": (b"PK\x03\x04",),
    # Matroska, MPEG's program stream, Windows Media, Flash
    "a video": (b"\x1aE\xdf\xa3", b"\x00\x00\x01\xba", b"0&\xb2u", b"FLV\x01"),
    "a libvips image": (b"\x08\xf2\xa6\xb6", b"\xb6\xa6\xf2\x08"),
    "XMP metadata": (b"<?xpacket", b"<x:xmpmeta"),
    "a text file": (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"),
}
# What of that lies among photos by rights, and is passed over. The others are pictures, or may hold some.
NO_PHOTOS = {"a video", "XMP metadata", "a text file"}


def sniff(head: bytes) -> str:
    """The format of a file that begins with these bytes.

    Raises EmptyFileError, NotAPhotoError or, for what is a picture of another kind, UnsupportedFormatError.
    """
    if not head:
        raise EmptyFileError("The file is empty: it has no bytes. Upload the file again.")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if branded := _by_brands(head):
        return branded
    for signature in TAKEN:
        if signature.fits(head):
            return signature.format
    described = _described(head)
    if described in NO_PHOTOS:
        raise NotAPhotoError(f"This is {described}, not a photo.")
    raise UnsupportedFormatError(f"This is {described}, not a photo in a format that can be shown.")


def _by_brands(head: bytes) -> str | None:
    """The format that the brands of an ISO base media file name; None where they name none that is taken in."""
    if head[4:8] != b"ftyp":
        return None
    end = int.from_bytes(head[:4])
    major, others = head[8:12], head[16 : max(end, 16)]
    brands = [major, *(others[at : at + 4] for at in range(0, len(others), 4))]
    for brand in brands:
        for image_format, named in BRANDS.items():
            if brand in named:
                return image_format
        if brand == major and brand not in STRUCTURAL_BRANDS:
            break  # a video may name a picture's brand among the compatible ones
    if major not in STRUCTURAL_BRANDS:
        return None
    return "avif" if any(kind in head for kind in AVIF_ITEMS) else "heif"


def _described(head: bytes) -> str:
    for name, magics in REFUSED.items():
        if head.startswith(magics):
            return name
    return next(name for test, name in GUESSES if test(head))


def _is_text(head: bytes) -> bool:
    controls = set(range(32)) - set(b"\t\n\r\f")
    return not controls.intersection(head)


GUESSES: tuple[tuple[Callable[[bytes], bool], str], ...] = (
    (lambda head: b"<svg" in head[:1024].lower(), "an SVG drawing"),
    (lambda head: head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide"), "a video"),  # QuickTime may begin with any
    (lambda head: head[:4] == b"RIFF" and head[8:12] == b"AVI ", "a video"),
    (lambda head: head[:189:188] == b"GG" or head[4:197:192] == b"GG", "a video"),  # MPEG's transport stream, AVCHD's
    (_is_text, "a text file"),
    (lambda _head: True, "a file of unknown kind"),
)
