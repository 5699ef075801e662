"""Declares the port of the PostScript renderer."""

from typing import Protocol

from function.postscript.messages import DrawRequest


class PostscriptRenderer(Protocol):
    """Draws PostScript in isolation from the library."""

    def draw(self, request: DrawRequest) -> bytes:
        """Draw one page. Returns it as an encoded image, PNG or JPEG.

        Raises RefusedError for a file that cannot be drawn, and ServiceUnavailableError.
        """
