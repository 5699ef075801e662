"""Runs the decoders alone, without scaling and encoding."""

import io
from collections.abc import Callable

from bench.source import Source

# libwebp scales to the size that a rendition of 2048 needs, as in Safelight.
WEBP_SCALE = 0.512


def libheif(photo: Source) -> None:
    """Decode HEIC by pillow-heif's build of libheif."""
    import pillow_heif

    pillow_heif.open_heif(photo.content, convert_hdr_to_8bit=True).to_pillow()


def dav1d(photo: Source) -> None:
    """Decode AVIF by Pillow's build of libavif."""
    from PIL import Image

    Image.open(io.BytesIO(photo.content)).load()


def png_crate(photo: Source) -> None:
    """Decode PNG by the png crate in kornia-rs."""
    from kornia_rs import io as crate
    from PIL import Image

    width, height = Image.open(io.BytesIO(photo.content)).size
    crate.decode_image_png_u8(photo.content, (height, width), "rgb")


def libwebp(photo: Source) -> None:
    """Decode WebP by libvips."""
    _by_libvips("webpload_buffer", photo, scale=WEBP_SCALE)


def libraw_half(photo: Source) -> None:
    """Unpack and develop a RAW file at half size by LibRaw."""
    import rawpy

    with rawpy.imread(io.BytesIO(photo.content)) as raw:
        raw.postprocess(half_size=True, use_camera_wb=True)


def libjpeg_turbo(photo: Source) -> None:
    """Decode JPEG at half size by libjpeg-turbo."""
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
