"""What the worker and the function that draws say to each other: each within what Lambda lets through at once."""

import base64
import binascii
import json
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

# Lambda takes and gives messages of six million bytes, of which base64 leaves three quarters.
MOST_PACKED_BYTES = 4_400_000
# What is packed may be so large when it is unpacked. PostScript has much air in it.
MOST_BYTES = 48 << 20


class Refusal(StrEnum):
    """Why there is no drawing, where that is the file's own fault or the stack's."""

    BROKEN = "broken"
    TIMEOUT = "time"
    CRASHED = "ended"
    NO_BOUNDING_BOX = "no box"
    TOO_LARGE_BOX = "box"
    LARGE = "large"
    NO_GHOSTSCRIPT = "no ghostscript"


class RefusedError(Exception):
    """There is no drawing."""

    def __init__(self, refusal: Refusal) -> None:
        """Say why."""
        super().__init__(refusal)
        self.refusal = refusal


@dataclass(frozen=True)
class DrawRequest:
    """A PostScript program, and the longest side that its drawing is to have, in pixels."""

    postscript: bytes
    longest: int


def encode_request(request: DrawRequest) -> bytes:
    """The wish as the event of a call. Raises RefusedError where it is too large for one."""
    packed = zlib.compress(request.postscript)
    if max(len(request.postscript) - MOST_BYTES, len(packed) - MOST_PACKED_BYTES) > 0:
        raise RefusedError(Refusal.LARGE)
    return json.dumps({"postscript": base64.b64encode(packed).decode(), "longest": request.longest}).encode()


def decode_request(event: dict[str, Any]) -> DrawRequest:
    """The wish of an event. Raises RefusedError where what is in it is larger than it may be, or broken."""
    unpacking = zlib.decompressobj()
    try:
        postscript = unpacking.decompress(base64.b64decode(event["postscript"]), MOST_BYTES)
    except (zlib.error, binascii.Error) as error:
        raise RefusedError(Refusal.BROKEN) from error
    if not unpacking.eof:
        raise RefusedError(Refusal.LARGE)
    return DrawRequest(postscript, event["longest"])


def encode_picture(picture: bytes) -> dict[str, str]:
    """The answer with a picture."""
    return {"picture": base64.b64encode(picture).decode()}


def encode_refusal(refusal: Refusal) -> dict[str, str]:
    """The answer without one."""
    return {"refusal": refusal}


def decode_response(answer: bytes) -> bytes:
    """The picture of a call's answer. Raises RefusedError, for any other answer too: who gave it may be taken over."""
    try:
        found = json.loads(answer)
        refusal = Refusal(found["refusal"]) if "refusal" in found else None
        picture = b"" if refusal else base64.b64decode(found["picture"], validate=True)
    except (KeyError, TypeError, ValueError) as error:
        raise RefusedError(Refusal.BROKEN) from error
    if refusal:
        raise RefusedError(refusal)
    return picture
