"""Real S3 clients upload to the library as they would to AWS, and a second run of theirs has nothing to do."""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from function.keys import photo_id
from local.library import Library
from tests.conftest import Client, awaited

# A command and what it takes of the environment, to upload a folder below a prefix.
Run = tuple[Sequence[str], dict[str, str]]
Uploader = Callable[[Library, Path, str], Run]


def required(program: str) -> str:
    found = shutil.which(program)
    if not found:
        assert not os.environ.get("CI"), f"CI tries real S3 clients, and there is no {program}"
        pytest.skip(f"{program} is not installed on this machine")
    return found


def rclone(opened: Library, folder: Path, prefix: str) -> Run:
    remote = {
        "TYPE": "s3",
        "PROVIDER": "Other",
        "ENDPOINT": opened.aws.endpoint,
        "ACCESS_KEY_ID": opened.aws.access_key,
        "SECRET_ACCESS_KEY": opened.aws.secret_key,
        "REGION": opened.aws.region,
    }
    target = f"lib:{opened.originals_bucket}/{prefix}"
    command = (required("rclone"), "copy", "--stats-one-line", "-v", str(folder), target)
    return command, {f"RCLONE_CONFIG_LIB_{name}": value for name, value in remote.items()}


def s3cmd(opened: Library, folder: Path, prefix: str) -> Run:
    host = urlsplit(opened.aws.endpoint).netloc
    options = (
        *("--no-ssl", f"--host={host}", f"--host-bucket={host}", f"--region={opened.aws.region}"),
        *(f"--access_key={opened.aws.access_key}", f"--secret_key={opened.aws.secret_key}"),
    )
    target = f"s3://{opened.originals_bucket}/{prefix}/"
    return (required("s3cmd"), *options, "--config=/dev/null", "sync", f"{folder}/", target), {}


def aws_cli(opened: Library, folder: Path, prefix: str) -> Run:
    target = f"s3://{opened.originals_bucket}/{prefix}/"
    keys = {"AWS_ACCESS_KEY_ID": opened.aws.access_key, "AWS_SECRET_ACCESS_KEY": opened.aws.secret_key}
    place = ("--endpoint-url", opened.aws.endpoint, "--region", opened.aws.region, "--no-progress")
    if not (program := shutil.which("aws")):
        pytest.skip("aws is not installed on this machine")
    return (program, "s3", "sync", str(folder), target, *place), keys


def ran(command: Sequence[str], environment: dict[str, str]) -> str:
    # What this machine has set for AWS is not meant for this one.
    own = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    done = subprocess.run(command, env={**own, **environment}, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("uploader", [rclone, s3cmd, aws_cli])
def test_a_real_client_uploads_and_the_photos_appear(
    opened: Library, client: Client, album: dict[str, Path], tmp_path: Path, uploader: Uploader
) -> None:
    name = uploader.__name__
    for number, key in enumerate(("2026/evening.jpg", "2026/city.webp")):
        shutil.copy(album[key], tmp_path / f"{number} ü+.{key.rpartition('.')[2]}")
    command, environment = uploader(opened, tmp_path, f"originals/{name}")
    ran(command, environment)
    paths = [f"/photos/{photo_id(f'{name}/{path.name}')}" for path in tmp_path.iterdir()]
    awaited(lambda: all(client(path).status == HTTPStatus.OK for path in paths))
    again = ran(command, environment)
    assert not any(path.name in again for path in tmp_path.iterdir())
