"""The entrance of the function that draws PostScript: it reaches nothing, so all comes and goes with the call."""

from typing import Any

from function.postscript import messages
from function.postscript.ghostscript import draw
from function.postscript.messages import RefusedError
from function.postscript.page import sheet
from function.telemetry import log

log.configure()


def handle(event: dict[str, Any], _context: object) -> dict[str, str]:
    """Draw what is wished for; the answer is the picture, or why there is none."""
    try:
        wish = messages.decode_request(event)
        picture = draw(wish.postscript, sheet(wish.postscript, wish.longest))
    except RefusedError as refused:
        log.event("a drawing is refused", reason=refused.refusal)
        return messages.encode_refusal(refused.refusal)
    log.event("a drawing is made", bytes=len(picture))
    return messages.encode_picture(picture)
