"""Renders drawings: PostScript is drawn elsewhere, and the picture that comes back is rendered as any photo is."""

import io
from dataclasses import dataclass, replace
from typing import BinaryIO

from function.contract.recipe import Recipe
from function.errors import BrokenImageError, PhotoError, TooLargeError, UnsupportedFormatError
from function.files.formats import DOS_POSTSCRIPT, EPS
from function.ports.drawing import PostscriptRenderer
from function.postscript.file import is_postscript, program
from function.postscript.messages import MOST_BYTES, MOST_PACKED_BYTES, DrawRequest, Refusal, RefusedError
from function.postscript.page import MOST_POINTS
from function.service.ingest.develop import Render
from function.values.rendering import HEADROOM, Rendering

SOURCE = "drawn"
EXPORT = "Export it as a TIFF, PNG or JPEG from the program that it was made with."
LIMITS = f"PostScript of up to {MOST_BYTES >> 20} MB is drawn, or {MOST_PACKED_BYTES / 1e6:.1f} MB when it is packed."
NO_PICTURE = f"Drawing this gave what is no picture. {EXPORT}"

# What each refusal is to the photo's owner.
REFUSALS: dict[Refusal, tuple[type[PhotoError], str]] = {
    Refusal.BROKEN: (BrokenImageError, f"The drawing has a fault: Ghostscript cannot draw it to its end. {EXPORT}"),
    Refusal.TIME: (BrokenImageError, f"The drawing did not come to an end in time. {EXPORT}"),
    Refusal.ENDED: (BrokenImageError, f"The drawing ended the function that draws it. {EXPORT}"),
    Refusal.NO_BOX: (UnsupportedFormatError, f"This is PostScript that does not say where it draws. {EXPORT}"),
    Refusal.BOX: (TooLargeError, f"The drawing says that it is more than {MOST_POINTS} points wide or high. {EXPORT}"),
    Refusal.LARGE: (UnsupportedFormatError, f"The drawing is too large. {LIMITS} {EXPORT}"),
    Refusal.NO_GHOSTSCRIPT: (
        BrokenImageError,
        "The functions' image has no Ghostscript in it to draw this with. Build it with GHOSTSCRIPT=with.",
    ),
}


@dataclass(frozen=True)
class PostscriptRendering:
    """Where photos are rendered, and drawings drawn before."""

    drawings: PostscriptRenderer
    render: Render

    def rendered(self, photo: BinaryIO, recipe: Recipe) -> Rendering:
        """Make the recipe's renditions. Raises PhotoError; WorldError where nobody draws now."""
        photo.seek(0)
        if not is_postscript(photo.read(len(DOS_POSTSCRIPT))):
            return self.render(photo, recipe)
        picture = self._drawn(photo, max(spec.size for spec in recipe))
        try:
            return replace(self.render(io.BytesIO(picture), recipe), format=EPS.name, source=SOURCE)
        except PhotoError as error:
            raise BrokenImageError(NO_PICTURE) from error

    def _drawn(self, photo: BinaryIO, longest: int) -> bytes:
        try:
            return self.drawings.draw(DrawRequest(program(photo), round(longest * HEADROOM)))
        except RefusedError as refused:
            error, reason = REFUSALS[refused.refusal]
            raise error(reason) from refused
