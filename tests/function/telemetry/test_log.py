"""The logs: what they tell, and what never gets into them."""

import json
import logging

import pytest
from PIL import Image

from function.handlers import worker
from function.index.keys import photo_id
from function.telemetry import log
from tests.function.conftest import Cloud, batch, s3_event
from tests.support.api_client import ask, body
from tests.support.pictures import encoded, quarters

ARTIST = "someone@example.org"


def located() -> bytes:
    exif = Image.Exif()
    exif[0x013B] = ARTIST
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 12.0, 36.0), 3: "E", 4: (16.0, 22.0, 12.0)})
    return encoded(Image.fromarray(quarters()), "JPEG", exif=exif).getvalue()


def test_a_log_has_the_photos_key_but_no_place_no_token_no_address_and_nobody(
    cloud: Cloud, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="safelight")
    worker.handle(batch(s3_event("originals/a.jpg", cloud.put("originals/a.jpg", located()), "01")), None)
    shown = body(ask("GET /photos/{id}", headers={"authorization": "Bearer secret"}, id=photo_id("a.jpg")))
    assert (shown["metadata"]["latitude"], shown["metadata"]["artist"]) == (48.21, ARTIST)
    lines = "\n".join(log.JsonLines().format(record) for record in caplog.records)
    assert '"key": "originals/a.jpg"' in lines
    told = ("48.21", "16.37", ARTIST, "X-Amz-Signature", "secret")
    assert not [word for word in told if word in lines]


def test_a_line_is_one_json_object_whatever_a_key_holds() -> None:
    record = logging.LogRecord("safelight", logging.INFO, "", 0, "told", None, None)
    record.fields = {"key": 'a"\n{b}\u2028.jpg'}
    line = log.JsonLines().format(record)
    assert "\n" not in line
    assert json.loads(line)["key"] == 'a"\n{b}\u2028.jpg'
