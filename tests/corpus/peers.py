"""The same picture by Pillow and by ImageMagick: upright, in sRGB, on white, at the size of a rendition."""

import io
import shutil
import subprocess
import warnings
from collections.abc import Callable
from pathlib import Path

import pillow_heif
import pillow_jxl  # noqa: F401 - it registers itself with Pillow
from PIL import Image, ImageCms, ImageOps

SECONDS = 20
# Of ImageMagick 7 and of 6.
PROGRAMS = ("magick", "convert")

Peer = Callable[[Path, int], Image.Image | None]

pillow_heif.register_heif_opener()


def by_pillow(path: Path, size: int) -> Image.Image | None:
    """The picture by Pillow; None where it does not read it whole."""
    try:
        with warnings.catch_warnings(), Image.open(path) as opened:
            warnings.simplefilter("ignore")
            opened.load()
            image = _in_srgb(ImageOps.exif_transpose(opened))
    except Exception:  # noqa: BLE001 - whatever it raises, it has no picture to compare with
        return None
    image.thumbnail((size, size), Image.Resampling.LANCZOS)
    return image


def by_imagemagick(path: Path, size: int) -> Image.Image | None:
    """The picture by ImageMagick; None where it is not installed, or does not read the file."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not program:
        return None
    looks = ["-auto-orient", "-background", "white", "-flatten", "-colorspace", "sRGB", "-resize", f"{size}x{size}>"]
    # PPM holds pixels alone: PNG would carry texts that Pillow refuses for their length.
    command = [program, f"{path}[0]", *looks, "-depth", "8", "ppm:-"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
        return Image.open(io.BytesIO(done.stdout)).convert("RGB")
    except (subprocess.SubprocessError, OSError):
        return None


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    has_alpha = "A" in image.getbands() or "transparency" in image.info
    if has_alpha:
        opaque = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, opaque).convert("RGB")
    elif image.mode in ("I;16", "I", "F"):
        image = image.point(lambda value: value / 256).convert("L") if image.mode == "I;16" else image.convert("L")
    if not profile or image.mode not in ("L", "RGB", "CMYK"):
        return image.convert("RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except ImageCms.PyCMSError:
        converted = None
    return converted or image.convert("RGB")


PEERS: dict[str, Peer] = {"pillow": by_pillow, "imagemagick": by_imagemagick}
