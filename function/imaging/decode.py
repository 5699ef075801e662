"""Decodes a photo once, large enough for its largest rendition: a step of the pipeline."""

from dataclasses import replace
from importlib import import_module
from typing import cast

from function.errors import PhotoError
from function.files.formats import Format
from function.imaging import faults, formats
from function.imaging.decoded import Decoder
from function.imaging.work import Work


def decode(work: Work) -> Work:
    """Decode the photo into upright sRGB pixels. Raises UnsupportedFormatError, TooLargeError or BrokenImageError."""
    longest = max(spec.size for spec in work.recipe)
    try:
        return replace(work, decoded=_decoder(work.format)(work.photo, longest))
    except (PhotoError, OSError, EOFError, MemoryError):
        raise
    except Exception as error:
        # A decoder that trips over a file, in whatever way, says that the file is broken. A file that could not be read
        # is another matter.
        raise faults.broken() from error


def _decoder(row: Format) -> Decoder:
    """Import the format's decoder when its first photo comes: LibRaw and libheif cost a start that few photos need."""
    module = import_module(f"{formats.__name__}.{row.decoder}")
    return cast("Decoder", module.decoder(row.name) if hasattr(module, "decoder") else module.decode)
