"""Encodes the messages between the worker and the PostScript function, within Lambda's size limit."""

import base64
import binascii
import json
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

# Lambda's limit of requests and responses is 6 MB, and base64 leaves three quarters of it.
MOST_PACKED_BYTES = 4_400_000
# The limit of the decompressed PostScript, which compresses well.
MOST_BYTES = 48 << 20


class Refusal(StrEnum):
    """The reasons why a file cannot be drawn, each a fault of the file or of the stack."""

    BROKEN = "broken"
    TIMEOUT = "time"
    CRASHED = "ended"
    NO_BOUNDING_BOX = "no box"
    TOO_LARGE_BOX = "box"
    LARGE = "large"
    NO_GHOSTSCRIPT = "no ghostscript"


class RefusedError(Exception):
    """Signals that a file cannot be drawn, with the reason in `refusal`."""

    def __init__(self, refusal: Refusal) -> None:
        """Set the reason."""
        super().__init__(refusal)
        self.refusal = refusal


@dataclass(frozen=True)
class DrawRequest:
    """A PostScript program, and the longest side of its drawing in pixels."""

    postscript: bytes
    longest: int


def encode_request(request: DrawRequest) -> bytes:
    """Encode a request as the event of a call. Raises RefusedError where it is too large for one."""
    packed = zlib.compress(request.postscript)
    if max(len(request.postscript) - MOST_BYTES, len(packed) - MOST_PACKED_BYTES) > 0:
        raise RefusedError(Refusal.LARGE)
    return json.dumps({"postscript": base64.b64encode(packed).decode(), "longest": request.longest}).encode()


def decode_request(event: dict[str, Any]) -> DrawRequest:
    """Decode the request of an event. Raises RefusedError where it is too large or broken."""
    unpacking = zlib.decompressobj()
    try:
        postscript = unpacking.decompress(base64.b64decode(event["postscript"]), MOST_BYTES)
    except (zlib.error, binascii.Error) as error:
        raise RefusedError(Refusal.BROKEN) from error
    if not unpacking.eof:
        raise RefusedError(Refusal.LARGE)
    return DrawRequest(postscript, event["longest"])


def encode_picture(picture: bytes) -> dict[str, str]:
    """Encode a response with a picture."""
    return {"picture": base64.b64encode(picture).decode()}


def encode_refusal(refusal: Refusal) -> dict[str, str]:
    """Encode a response with a refusal instead of a picture."""
    return {"refusal": refusal}


def decode_response(answer: bytes) -> bytes:
    """Decode the picture of a response. Raises RefusedError for a refusal, and for any malformed response.

    The function that drew it may be compromised.
    """
    try:
        found = json.loads(answer)
        refusal = Refusal(found["refusal"]) if "refusal" in found else None
        picture = b"" if refusal else base64.b64decode(found["picture"], validate=True)
    except (KeyError, TypeError, ValueError) as error:
        raise RefusedError(Refusal.BROKEN) from error
    if refusal:
        raise RefusedError(refusal)
    return picture
