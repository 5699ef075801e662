"""Lists the exceptions that decoders of broken files raise, and replaces them by one for the photo's owner."""

import struct

from function.errors import BrokenImageError, UnsupportedFormatError

# Pillow and its plug-ins raise whatever they trip over in a broken file.
FAULTS = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)
BROKEN = "The photo is broken or not whole: its pixels cannot be decoded. Upload the file again."


def broken() -> BrokenImageError:
    """Make the error for a photo whose decoder gave up; a library's own words are of no use to its owner."""
    return BrokenImageError(BROKEN)


def not_drawn(name: str) -> UnsupportedFormatError:
    """The error for a kind of picture that no decoder here reads, by its name and with the next step."""
    return UnsupportedFormatError(
        f"This is {name}, which Safelight does not draw. Save it as JPEG or TIFF, and upload that."
    )
