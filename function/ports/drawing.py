"""Drawing of PostScript."""

from typing import Protocol

from function.postscript.messages import DrawRequest


class PostscriptRenderer(Protocol):
    """Whoever draws PostScript, away from all else."""

    def draw(self, wish: DrawRequest) -> bytes:
        """The picture of a drawing, as an encoded image. Raises RefusedError where there is none."""
