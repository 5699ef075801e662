"""Bodies of requests: as text, as base64, and broken on their way."""

import base64
from typing import Any

import pytest

from function.handlers import api
from function.index.keys import photo_id
from tests.function.conftest import Cloud
from tests.support.api_client import ask, body, event, library

PATCH = "PATCH /photos/{id}"


def patched(**transport: Any) -> Any:
    return api.handle({**event(PATCH, id=photo_id("000.jpg")), **transport}, None)


@pytest.mark.parametrize("caption", [b"\xff\xfe", b"caf\xe9", b"\xed\xa0\x80", b"\xc3"])
def test_a_body_that_is_not_utf_8_is_refused_however_the_gateway_hands_it_on(cloud: Cloud, caption: bytes) -> None:
    sent = b'{"caption": "' + caption + b'"}'
    encoded = {"body": base64.b64encode(sent).decode(), "isBase64Encoded": True}
    for transport in (encoded, {"body": sent.decode(errors="replace"), "isBase64Encoded": False}):
        answer = patched(**transport)
        assert (answer["statusCode"], "UTF-8" in body(answer)["message"]) == (400, True)


@pytest.mark.parametrize("broken", ["a", "====", "{}", "e30\n=", "é", "\ud800"])
def test_a_body_of_broken_base64_is_refused(cloud: Cloud, broken: str) -> None:
    answer = patched(body=broken, isBase64Encoded=True)
    assert (answer["statusCode"], "UTF-8" in body(answer)["message"]) == (400, True)


def test_a_body_with_half_of_a_character_is_refused(cloud: Cloud) -> None:
    assert patched(body='{"caption": "\ud800"}', isBase64Encoded=False)["statusCode"] == 400


def test_a_body_in_utf_8_is_read_as_text_and_as_base64(cloud: Cloud) -> None:
    library(cloud, 1)
    for content in ('{"caption": "café"}', '{"caption": "café"}'.encode()):
        assert body(ask(PATCH, content=content, id=photo_id("000.jpg")))["caption"] == "café"
