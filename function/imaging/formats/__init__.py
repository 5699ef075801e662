"""The formats that are taken in: a table from what was sniffed to the decoder, one file per family."""

from collections.abc import Callable
from functools import partial

from function.imaging.decoded import Decoder


def _plain(image_format: str) -> Decoder:
    from function.imaging.formats import plain

    return plain.decoder(image_format)


def _jpeg() -> Decoder:
    from function.imaging.formats import jpeg

    return jpeg.decode


def _pillow(image_format: str) -> Decoder:
    from function.imaging.formats import pillow

    return pillow.decoder(image_format)


def _raw() -> Decoder:
    from function.imaging.formats import raw

    return raw.decode


def _tiff() -> Decoder:
    from function.imaging.formats import tiff

    return tiff.decode


# Each decoder is imported when its first photo comes: LibRaw and libheif cost a cold start what few photos need.
DECODERS: dict[str, Callable[[], Decoder]] = {
    **{name: partial(_plain, name) for name in ("png", "webp", "gif")},
    "jpeg": _jpeg,
    **{name: partial(_pillow, name) for name in ("heif", "avif", "jxl", "bmp", "psd")},
    "tiff": _tiff,
    "raw": _raw,
}
