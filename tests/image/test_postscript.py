"""The image with Ghostscript draws, as the user and on the file system that Lambda gives it; the other has none."""

import base64
import io
import json
import os
import subprocess
from typing import Any

import pytest
from PIL import Image

from function.contract.entrypoints import POSTSCRIPT_HANDLER
from function.postscript import messages
from function.postscript.messages import DrawRequest
from image.container import run_container
from infra.postscript import MEMORY
from tests.image.conftest import NAME
from tests.support.eps_files import attack_result, eps, red_and_blue

# The image that Ghostscript is in.
EPS_NAME = "SAFELIGHT_EPS_IMAGE"
pytestmark = pytest.mark.skipif(EPS_NAME not in os.environ, reason=f"{EPS_NAME} names no image; .ci/image builds one")
MISCHIEF = ("(/etc/passwd) (r) file", "(/tmp/left) (w) file", "(%pipe%id) (r) file", "(/proc/self/environ) (r) file")


def drawn(answer: dict[str, Any]) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(answer["picture"]))).convert("RGB")


def test_drawings_are_drawn_and_reach_nothing() -> None:
    with run_container(os.environ[EPS_NAME], POSTSCRIPT_HANDLER, {}, MEMORY) as container:

        def answer(postscript: bytes) -> Any:
            return container.invoke(json.loads(messages.encode_request(DrawRequest(postscript, 2560))))

        picture = drawn(answer(red_and_blue()))
        assert picture.size == (2560, 1280)
        assert [picture.getpixel((x, 640)) for x in (640, 1920)] == [(255, 0, 0), (0, 0, 255)]
        for mischief in MISCHIEF:
            assert drawn(answer(attack_result(mischief))).getpixel((9, 9)) == (0, 255, 0), mischief
        assert answer(eps("undefinedthing")) == {"refusal": "broken"}
        assert container.temporary_files() == []
        print(f"The most memory it took: {container.peak_memory()} MB")


def test_the_image_of_other_stacks_has_no_ghostscript() -> None:
    looks = ["docker", "run", "--rm", "--network=none", "--entrypoint=sh", os.environ[NAME], "-c", "command -v gs"]
    assert subprocess.run(looks, capture_output=True, check=False).stdout == b""
