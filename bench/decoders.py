"""The decoders alone: what is left of a format's time when nothing is scaled or encoded."""

import io
from collections.abc import Callable

from bench.source import Source

# libwebp is asked for the share of the pixels that a rendition of 2048 needs, as Safelight does.
WEBP_SCALE = 0.512


def libheif(photo: Source) -> None:
    """HEIC, as libheif's build in pillow-heif decodes it."""
    import pillow_heif

    pillow_heif.open_heif(photo.content, convert_hdr_to_8bit=True).to_pillow()


def dav1d(photo: Source) -> None:
    """AVIF, as Pillow's build of libavif decodes it."""
    from PIL import Image

    Image.open(io.BytesIO(photo.content)).load()


def png_crate(photo: Source) -> None:
    """PNG, as the png crate in kornia-rs decodes it."""
    from kornia_rs import io as crate
    from PIL import Image

    width, height = Image.open(io.BytesIO(photo.content)).size
    crate.decode_image_png_u8(photo.content, (height, width), "rgb")


def libwebp(photo: Source) -> None:
    """WebP, as libvips decodes it."""
    _by_libvips("webpload_buffer", photo, scale=WEBP_SCALE)


def libraw_half(photo: Source) -> None:
    """A RAW file's pixels, unpacked and developed at half size, as LibRaw does it."""
    import rawpy

    with rawpy.imread(io.BytesIO(photo.content)) as raw:
        raw.postprocess(half_size=True, use_camera_wb=True)


def libjpeg_turbo(photo: Source) -> None:
    """JPEG at half size, as libjpeg-turbo decodes it."""
    import simplejpeg

    height, width, _, _ = simplejpeg.decode_jpeg_header(photo.content)
    simplejpeg.decode_jpeg(photo.content, "RGB", min_width=width // 2, min_height=height // 2)


def _by_libvips(loader: str, photo: Source, **options: float) -> None:
    import pyvips

    getattr(pyvips.Image, loader)(photo.content, access="sequential", **options).copy_memory()


JOBS: tuple[Callable[[Source], None], ...] = (
    libheif,
    dav1d,
    png_crate,
    libwebp,
    libraw_half,
    libjpeg_turbo,
)
