"""Lists all contests. Goals are ratios of ours to theirs; those of memory are bytes."""

from bench.contestant import Side
from bench.likeness import Likeness
from bench.memory import Memory
from bench.reading import Reading
from bench.timed import Bound, Timed
from bench.tools import SHARP

Contest = Timed | Memory | Reading | Likeness

CLONE, DERIVE, ONE, KEEP = (Side(SHARP, job, (SHARP,)) for job in ("clone", "derive", "one", "keep"))
PREVIEW = Side(SHARP, "preview", (SHARP, "dcraw"))
PILLOW, LIMIT, LIBRAW = Side("python", "pillow"), Side("python", "limit"), Side("python", "libraw")
GM = Side("python", "graphicsmagick", ("gm",))
VIPSTHUMBNAIL = Side("python", "vipsthumbnail", ("vipsthumbnail",))
OURS_512, IMPORT, IMPORT_ALL = (Side("python", job) for job in ("ours_512", "import_worker", "import_everything"))

JPEG, HALF = Bound("libjpeg_turbo", "libjpeg-turbo"), Bound("libraw_half", "LibRaw at half size")
HEIC, AVIF = Bound("libheif", "libheif"), Bound("dav1d", "dav1d")
PNG, WEBP = Bound("png_crate", "the png crate"), Bound("libwebp", "libwebp")
BOTOCORE = Bound("import_botocore", "botocore")

SHARP_CLONE, DCRAW, AHD = "sharp, clone()", "dcraw -e, sharp clone()", "LibRaw in full (AHD), Pillow"

CONTESTS: tuple[Contest, ...] = (
    Timed("jpeg", "four sizes of a 24 MP JPEG", "24mp", CLONE, SHARP_CLONE, 0.50, bound=JPEG),
    Timed("jpeg", "four sizes of a 24 MP JPEG", "24mp", DERIVE, "sharp, derived", 0.72),
    Timed("jpeg", "four sizes of a 24 MP JPEG", "24mp", GM, "GraphicsMagick, a process", 1.0),
    Timed("jpeg", "four sizes of a 24 MP JPEG", "24mp", VIPSTHUMBNAIL, "vipsthumbnail, processes", 1.0),
    Timed("jpeg", "four sizes of a 24 MP JPEG, one core", "24mp", LIMIT, "libjpeg-turbo alone", 1.5, cores=1),
    Timed("jpeg", "four sizes of a 45 MP JPEG", "45mp", CLONE, SHARP_CLONE, 0.55),
    Timed("jpeg", "a 512 of a 24 MP JPEG", "24mp", ONE, "sharp", 1.0, OURS_512),
    Timed("heic", "four sizes of a 12 MP HEIC", "heic", PILLOW, "Pillow with pillow-heif", 0.60, bound=HEIC),
    Timed("avif", "four sizes of a 12 MP AVIF", "avif", PILLOW, "Pillow", 0.60, bound=AVIF),
    Timed("png", "four sizes of a 12 MP PNG", "png", CLONE, SHARP_CLONE, 0.30, bound=PNG),
    Timed("tiff", "four sizes of a 12 MP 16-bit TIFF", "tiff", CLONE, SHARP_CLONE, 0.15),
    Timed("webp", "four sizes of a 12 MP WebP", "webp", CLONE, SHARP_CLONE, 0.45, bound=WEBP),
    Timed("raw", "four sizes of a 24 MP RAW with preview", "raw-24mp-preview", PREVIEW, DCRAW, 0.60),
    Timed("raw", "four sizes of a 45 MP RAW with preview", "raw-45mp-preview", PREVIEW, DCRAW, 0.60),
    Timed("raw", "four sizes of a 24 MP RAW", "raw-24mp", LIBRAW, AHD, 0.50, bound=HALF),
    Timed("raw", "four sizes of a 24 MP RAW, packed", "raw-24mp-packed", LIBRAW, AHD, 0.50, bound=HALF),
    Timed("raw", "four sizes of a 45 MP RAW, packed", "raw-45mp-packed", LIBRAW, AHD, 0.50, bound=HALF),
    Reading("reads", "RAW with preview", "raw-24mp-preview"),
    Reading("reads", "RAW with preview", "raw-45mp-preview"),
    Timed(
        "import",
        "import of the worker's handler",
        "24mp",
        IMPORT_ALL,
        "every decoder too",
        0.40,
        IMPORT,
        bound=BOTOCORE,
    ),
    Memory("memory", "peak memory, 24 MP JPEG", "24mp", CLONE, SHARP_CLONE, 110_000_000),
    Memory("memory", "peak memory, 45 MP JPEG", "45mp", CLONE, SHARP_CLONE, 160_000_000),
    Likeness("ssim", "a 24 MP JPEG", "24mp", KEEP, "sharp"),
    Likeness("ssim", "a 45 MP JPEG", "45mp", KEEP, "sharp"),
    Likeness("ssim", "a 12 MP PNG", "png", KEEP, "sharp"),
    Likeness("ssim", "a 12 MP WebP", "webp", KEEP, "sharp"),
)
GROUPS = tuple(dict.fromkeys(contest.group for contest in CONTESTS))
