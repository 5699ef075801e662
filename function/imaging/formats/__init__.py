"""The formats that are taken in: a table from what was sniffed to the decoder, one file per family."""

from collections.abc import Callable

from function.imaging.decoded import Decoder


def _plain() -> Decoder:
    from function.imaging.formats import plain

    return plain.decode


def _heif() -> Decoder:
    from function.imaging.formats import heif

    return heif.decode


def _raw() -> Decoder:
    from function.imaging.formats import raw

    return raw.decode


def _tiff() -> Decoder:
    from function.imaging.formats import tiff

    return tiff.decode


# Each decoder is imported when its first photo comes: LibRaw and libheif cost a cold start what few photos need.
DECODERS: dict[str, Callable[[], Decoder]] = {
    "jpeg": _plain,
    "png": _plain,
    "webp": _plain,
    "gif": _plain,
    "avif": _plain,
    "heif": _heif,
    "tiff": _tiff,
    "raw": _raw,
}
