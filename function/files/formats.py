"""Lists all formats in one table: how each is recognised, and what becomes of its files."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from function.files import guesses
from function.files.signatures import Brand, Signature, Structure, brands, magics

JXL_CODESTREAM: Final = b"\xff\x0a"
TIFF_MAGICS: Final = (b"II*\x00", b"MM\x00*")
CR3_BRAND: Final = b"crx "
JP2_CODESTREAM: Final = b"\xff\x4f\xff\x51"
# PostScript as such, and in DOS's kind of file, with a preview around it.
POSTSCRIPT: Final = b"%!PS"
DOS_POSTSCRIPT: Final = b"\xc5\xd0\xd3\xc6"


class Treatment(Enum):
    """Name the treatment of a format's files."""

    RENDERED = auto()
    REFUSED = auto()  # a picture of another kind, or a file that may hold some: listed among the photos that failed
    SKIPPED = auto()  # a file that belongs among photos: passed over without a message


@dataclass(frozen=True)
class Format:
    """Describe a format.

    `name` is what the index calls it; of a format that is not rendered, how messages call it, unless `called` does.
    `extensions` are a hint of what to expect, and never decide. Of `brands`, the first that a file names decides.
    `test` recognises files without a signature, from their first bytes, after all signatures have failed.
    `decoder` is a module of `function.imaging.formats`: it has a function `decode`, or `decoder`, which makes one for
    each of several formats. `library` and `shown` are for docs/formats.md.
    """

    name: str
    signatures: tuple[Signature, ...] = ()
    extensions: tuple[str, ...] = ()
    brands: tuple[Brand, ...] = ()
    test: Callable[[bytes], bool] | None = None
    structure: Structure = Structure.PIXELS
    decoder: str = ""
    library: str = ""
    shown: str = "all of it"
    treatment: Treatment = Treatment.RENDERED
    called: str = ""

    @property
    def description(self) -> str:
        """Return how a message calls the format, with its article."""
        return self.called or self.name


def _refused(
    called: str,
    *begins: bytes,
    test: Callable[[bytes], bool] | None = None,
    structure: Structure = Structure.PIXELS,
) -> Format:
    return Format(called, magics(*begins), test=test, structure=structure, treatment=Treatment.REFUSED)


JPEG = Format(
    "jpeg",
    magics(b"\xff\xd8\xff"),
    ("jpg", "jpeg", "jpe", "jfif", "mpo"),
    structure=Structure.JPEG,
    decoder="jpeg",
    library="libjpeg-turbo",
    shown="baseline, progressive, CMYK and YCCK, Adobe RGB with or without a profile; of MPO the first",
)
PNG = Format(
    "png",
    magics(b"\x89PNG\r\n\x1a\n"),
    ("png", "apng"),
    structure=Structure.PNG,
    decoder="png",
    library="the png crate; libvips (libpng)",
    shown="to 16 bits, palettes, transparency on white; of APNG the first frame",
)
GIF = Format(
    "gif",
    magics(b"GIF87a", b"GIF89a"),
    ("gif",),
    structure=Structure.TAGGED,
    decoder="libvips",
    library="libvips (nsgif)",
    shown="the first frame",
)
WEBP = Format(
    "webp",
    (Signature(b"WEBP", 8, start=b"RIFF"),),
    ("webp",),
    structure=Structure.WEBP,
    decoder="libvips",
    library="libvips (libwebp)",
    shown="lossy and lossless; the first frame",
)
# Before TIFF, whose signature Canon's CR2 begins with.
RAW = Format(
    "raw",
    (
        Signature(b"HEAPCCDR", 6, structure=Structure.TAGGED),  # Canon's CRW
        *magics(b"FUJIFILMCCD-RAW", structure=Structure.RAF),
        *magics(b"FOVb", b"\x00MRM", structure=Structure.TAGGED),  # Sigma's X3F, Minolta's MRW
        *magics(b"IIU\x00", b"IIRO", b"IIRS", b"MMOR"),  # Panasonic's RW2, Olympus' ORF
        Signature(b"CR\x02", 8),  # Canon's CR2
    ),
    (
        *("3fr", "ari", "arw", "bay", "cap", "cr2", "cr3", "crw", "dcr", "dng", "erf", "fff", "gpr", "iiq", "k25"),
        *("kdc", "mef", "mos", "mrw", "nef", "nrw", "orf", "pef", "raf", "raw", "rw2", "rwl", "sr2", "srf", "srw"),
        "x3f",
    ),
    brands(CR3_BRAND, structure=Structure.CR3),
    structure=Structure.TIFF,
    decoder="raw",
    library="LibRaw",
    shown="the embedded preview where it is large enough, read alone; else the sensor's pixels, at half size",
)
TIFF = Format(
    "tiff",
    magics(*TIFF_MAGICS, b"II+\x00", b"MM\x00+"),
    ("tif", "tiff"),
    structure=Structure.TIFF,
    decoder="tiff",
    library="libvips (libtiff)",
    shown=(
        "to 32 bits and floats, tiled, CMYK, Lab, BigTIFF; LZW, Deflate, Zstandard, LZMA, LERC; the first page in full"
    ),
)
HEIF = Format(
    "heif",
    (),
    ("heic", "heif", "hif"),
    brands(b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"MiHB", b"MiHA", b"MiHE"),
    structure=Structure.BOXES,
    decoder="pillow",
    library="libheif (libde265)",
    shown="to 12 bits, HDR, grids; turned by the container, else by EXIF",
)
AVIF = Format(
    "avif",
    (),
    ("avif",),
    brands(b"avif", b"avis", b"avio", b"MA1A", b"MA1B"),
    structure=Structure.BOXES,
    decoder="pillow",
    library="libavif (dav1d)",
    shown="to 12 bits, HDR; turned by the container; the first frame",
)
JXL = Format(
    "jxl",
    (*magics(JXL_CODESTREAM, structure=Structure.PIXELS), *magics(b"\x00\x00\x00\x0cJXL \r\n\x87\n")),
    ("jxl",),
    structure=Structure.BOXES,
    decoder="jxl",
    library="libjxl",
    shown="to 16 bits and floats, HDR; of an animation the first frame",
)
JP2 = Format(
    "jp2",
    (*magics(JP2_CODESTREAM, structure=Structure.PIXELS), *magics(b"\x00\x00\x00\x0cjP  \r\n\x87\n")),
    ("jp2", "j2k", "j2c", "jpc", "jpf", "jpx"),
    structure=Structure.TAGGED,
    decoder="jp2",
    library="OpenJPEG",
    shown="grey to 16 bits, colours in 8",
)
BMP = Format("bmp", magics(b"BM"), ("bmp", "dib"), decoder="pillow", library="Pillow")
PSD = Format(
    "psd",
    magics(b"8BPS\x00\x01"),
    ("psd",),
    structure=Structure.PSD,
    decoder="psd",
    library="libvips (libtiff)",
    shown="the merged image, to 16 bits and floats, CMYK and Lab",
)
EPS = Format(
    "eps",
    magics(POSTSCRIPT, DOS_POSTSCRIPT),
    ("eps", "epsf", "epsi", "ps"),
    library="Ghostscript",
    shown=(
        "the drawing within its bounding box, [where the stack switches it on](architecture.md#eps) "
        "with `safelight:postscript`"
    ),
    treatment=Treatment.REFUSED,
    called="an EPS or PostScript file",
)
UNKNOWN = _refused("a file of unknown kind", test=lambda _head: True)
# The first that fits decides: a longer signature stands before a shorter one that it begins with.
FORMATS: Final = (
    *(JPEG, PNG, GIF, WEBP, RAW, TIFF, HEIF, AVIF, JXL, JP2, BMP, PSD, EPS),
    _refused("a PDF document", b"%PDF"),
    _refused("a large Photoshop document (PSB)", b"8BPS", structure=Structure.PSD),
    _refused("a JPEG XR picture", b"II\xbc"),
    _refused("an OpenEXR picture", b"\x76\x2f\x31\x01"),
    _refused("a Radiance HDR picture", b"#?RADIANCE", b"#?RGBE"),
    _refused("a GIMP document", b"gimp xcf"),
    _refused("an icon", b"\x00\x00\x01\x00", b"icns"),
    _refused("a cursor", b"\x00\x00\x02\x00"),
    _refused("a QOI picture", b"qoif"),
    _refused("a BPG picture", b"BPG\xfb"),
    _refused("a FLIF picture", b"FLIF"),
    _refused("a DirectDraw texture", b"DDS "),
    _refused("a FITS picture", b"SIMPLE  ="),
    _refused("a PBM, PGM or PPM picture", *(b"P%d%c" % (kind, blank) for kind in range(1, 8) for blank in b"\n \t\r")),
    _refused("a ZIP archive or an office document", b"PK\x03\x04"),
    _refused("a libvips image", b"\x08\xf2\xa6\xb6", b"\xb6\xa6\xf2\x08"),
    _refused("an SVG drawing", test=guesses.is_svg),
    Format(
        "a video",
        # Matroska, MPEG's program stream, Windows Media, Flash, AVI
        (
            *magics(b"\x1aE\xdf\xa3", b"\x00\x00\x01\xba", b"0&\xb2u", b"FLV\x01"),
            Signature(b"AVI ", 8, start=b"RIFF"),
        ),
        test=guesses.is_video,
        treatment=Treatment.SKIPPED,
    ),
    Format("XMP metadata", magics(b"<?xpacket", b"<x:xmpmeta"), treatment=Treatment.SKIPPED),
    Format(
        "a text file",
        magics(b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"),
        test=guesses.is_text,
        treatment=Treatment.SKIPPED,
    ),
    UNKNOWN,
)


def is_likely_photo(key: str) -> bool:
    """Return whether the name ends as those of photos do."""
    return any(_extension(key) in row.extensions for row in FORMATS)


def is_likely_raw(key: str) -> bool:
    """Return whether the name ends as those of RAW files do."""
    return _extension(key) in RAW.extensions


def _extension(key: str) -> str:
    return key.rpartition(".")[2].lower()
