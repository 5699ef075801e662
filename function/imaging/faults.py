"""Lists the exceptions that decoders of broken files raise, and replaces them by one for the photo's owner."""

import struct

from function.errors import BrokenImageError

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
BROKEN = "The photo is broken or not whole: its pixels cannot be decoded. Upload it again from where it came."


def broken() -> BrokenImageError:
    """Make the error for a photo whose decoder gave up; a library's own words are of no use to its owner."""
    return BrokenImageError(BROKEN)
