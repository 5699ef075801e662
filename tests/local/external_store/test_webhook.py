"""The webhook of another store: what it takes, from whom, and when."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from local.emulator import credentials
from local.emulator.process import HOST, StartError, free_port
from local.external_store.webhook import Webhook, receive_notifications
from tests.conftest import fetch


def told(*keys: str) -> bytes:
    return json.dumps({"Records": [{"s3": {"object": {"key": key}}} for key in keys]}).encode()


@pytest.fixture
def webhook(tmp_path: Path) -> Iterator[Webhook]:
    with receive_notifications((HOST, free_port()), credentials.ensure(tmp_path)) as found:
        assert found
        yield found


def test_what_is_named_is_handed_on_both_as_it_is_and_decoded(webhook: Webhook) -> None:
    named: list[str] = []
    webhook.hand = named.append
    assert fetch(webhook.url, "POST", told("originals%2Fa+b.jpg", "originals/c.jpg")).status == 200
    assert named == ["originals%2Fa+b.jpg", "originals/a b.jpg", "originals/c.jpg"]


def test_what_comes_before_the_library_is_open_is_to_be_told_again(webhook: Webhook) -> None:
    assert fetch(webhook.url, "POST", told("originals/a.jpg")).status == 503


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"Event": "s3:TestEvent"}', b'{"Records": [1]}'])
def test_a_test_of_the_line_is_well_received(webhook: Webhook, body: bytes) -> None:
    assert fetch(webhook.url, "POST", body).status == 200


def test_who_does_not_know_the_path_tells_nothing(webhook: Webhook) -> None:
    named: list[str] = []
    webhook.hand = named.append
    elsewhere = urlsplit(webhook.url)._replace(path="/guessed").geturl()
    assert fetch(elsewhere, "POST", told("originals/a.jpg")).status == 404
    assert not named


def test_an_address_that_is_taken_is_named(webhook: Webhook, tmp_path: Path) -> None:
    taken = (HOST, webhook.server_port)
    with pytest.raises(StartError, match="S3_EVENTS"), receive_notifications(taken, credentials.ensure(tmp_path)):
        pass
