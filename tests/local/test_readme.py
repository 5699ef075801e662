"""The README's examples for S3 clients work as they stand there, but for the endpoint, the keys and the folder."""

import os
import re
import shutil
import subprocess
from http import HTTPStatus
from pathlib import Path

import pytest

from function.keys import photo_id
from local.library import Library
from tests.conftest import Client, awaited

README = (Path(__file__).parent.parent.parent / "README.md").read_text()
EXAMPLES = dict(re.findall(r"^\$ ((aws|s3cmd|rclone) .*127\.0\.0\.1:8485.*)$", README, re.MULTILINE))


def test_there_is_an_example_for_each_client() -> None:
    assert sorted(EXAMPLES.values()) == ["aws", "rclone", "s3cmd"]


@pytest.mark.parametrize("example", EXAMPLES, ids=EXAMPLES.get)
def test_the_example_uploads_a_folder(
    opened: Library, client: Client, album: dict[str, Path], tmp_path: Path, example: str
) -> None:
    program = EXAMPLES[example]
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed on this machine")
    folder = tmp_path / "Pictures" / program
    folder.mkdir(parents=True)
    shutil.copy(album["2026/evening.jpg"], folder / "evening.jpg")
    keys = {
        "AWS_ACCESS_KEY_ID": opened.aws.access_key,
        "AWS_SECRET_ACCESS_KEY": opened.aws.secret_key,
        "AWS_REGION": opened.aws.region,
    }
    assert all(name in README for name in keys)
    # The programs' own settings on this machine are in the home folder, and are not meant here.
    own = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    command = example.replace("http://127.0.0.1:8485", opened.aws.endpoint).replace(
        "127.0.0.1:8485", opened.aws.endpoint.removeprefix("http://")
    )
    subprocess.run(command, shell=True, check=True, env={**own, **keys, "HOME": str(tmp_path)}, timeout=120)
    awaited(lambda: client(f"/photos/{photo_id(f'{program}/evening.jpg')}").status == HTTPStatus.OK)
