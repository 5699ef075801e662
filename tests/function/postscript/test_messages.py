"""What goes between the worker and the function that draws, and how much of it."""

import base64
import json
import os
import zlib
from typing import Any

import pytest

from function.postscript import messages
from function.postscript.messages import MOST_BYTES, MOST_PACKED_BYTES, DrawRequest, Refusal, RefusedError

LAMBDAS_BYTES = 6 * 1000 * 1000


def packed(postscript: bytes) -> dict[str, Any]:
    return {"postscript": base64.b64encode(zlib.compress(postscript)).decode(), "longest": 9}


def test_a_wish_arrives_as_it_was_sent() -> None:
    wish = DrawRequest(b"%!PS" + bytes(range(256)), 2560)
    assert messages.decode_request(json.loads(messages.encode_request(wish))) == wish


def test_the_largest_wish_is_one_that_lambda_takes() -> None:
    assert len(messages.encode_request(DrawRequest(os.urandom(MOST_PACKED_BYTES - 2000), 2560))) < LAMBDAS_BYTES


def test_the_largest_picture_is_one_that_lambda_gives() -> None:
    assert len(json.dumps(messages.encode_picture(bytes(MOST_PACKED_BYTES)))) < LAMBDAS_BYTES


@pytest.mark.parametrize("postscript", [os.urandom(MOST_PACKED_BYTES + 1), bytes(MOST_BYTES + 1)])
def test_what_is_too_large_is_not_sent(postscript: bytes) -> None:
    with pytest.raises(RefusedError) as refused:
        messages.encode_request(DrawRequest(postscript, 9))
    assert refused.value.refusal == Refusal.LARGE


@pytest.mark.parametrize(
    ("event", "refusal"),
    [
        (packed(bytes(MOST_BYTES + 1)), Refusal.LARGE),
        ({"postscript": "AAAA", "longest": 9}, Refusal.BROKEN),
        ({"postscript": "A", "longest": 9}, Refusal.BROKEN),
    ],
)
def test_what_unpacks_to_too_much_or_not_at_all_is_refused(event: dict[str, Any], refusal: Refusal) -> None:
    with pytest.raises(RefusedError) as refused:
        messages.decode_request(event)
    assert refused.value.refusal == refusal


def test_a_picture_arrives_as_it_was_sent() -> None:
    assert messages.decode_response(json.dumps(messages.encode_picture(b"\x89PNG")).encode()) == b"\x89PNG"


@pytest.mark.parametrize("refusal", Refusal)
def test_a_refusal_arrives_as_it_was_sent(refusal: Refusal) -> None:
    with pytest.raises(RefusedError) as refused:
        messages.decode_response(json.dumps(messages.encode_refusal(refusal)).encode())
    assert refused.value.refusal == refusal


@pytest.mark.parametrize(
    "answer", [b"", b"null", b"[]", b"7", b'{"picture": 7}', b'{"picture": "?"}', b'{"refusal": "<script>"}', b"{}"]
)
def test_what_is_no_answer_is_no_picture(answer: bytes) -> None:
    with pytest.raises(RefusedError) as refused:
        messages.decode_response(answer)
    assert refused.value.refusal == Refusal.BROKEN
