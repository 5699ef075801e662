"""The command, run twice on a store that goes on without it in between."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from local.emulator.clients import Aws
from local.emulator.process import HOST, free_port
from local.stack.program import ROOT
from tests.conftest import awaited
from tests.local.test_commands import COMMAND, is_free, run
from tests.system.stores.servers import ACCESS_KEY, SECRET_KEY, SERVERS, running
from tests.system.stores.test_stores import jpeg

ORIGINALS, RENDITIONS = "holidays", "holidays-small"


@contextmanager
def serving(folder: Path, **variables: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [*COMMAND, "serve", "--data", str(folder), "--port", str(free_port())],
        cwd=ROOT,
        env={**os.environ, "S3_ACCESS_KEY": ACCESS_KEY, "S3_SECRET_KEY": SECRET_KEY, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def addresses(process: "subprocess.Popen[str]") -> dict[str, Any]:
    assert process.stdout
    found: dict[str, Any] = json.loads(process.stdout.readline())
    return found


def renditions(aws: Aws) -> set[str]:
    return {found["Key"] for found in aws.s3.list_objects_v2(Bucket=RENDITIONS, Prefix="256/").get("Contents", ())}


@pytest.mark.parametrize("name", ["minio", "versitygw"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_what_happens_in_a_bucket_before_and_between_two_runs_is_found(
    tmp_path: Path, name: str, number: signal.Signals
) -> None:
    with running(SERVERS[name], tmp_path / "store") as aws:
        aws.s3.create_bucket(Bucket=ORIGINALS)
        for key in ("before.jpg", "gone.jpg"):
            aws.s3.put_object(Bucket=ORIGINALS, Key=f"originals/{key}", Body=jpeg())
        chosen = {"S3_ENDPOINT": aws.endpoint, "S3_ORIGINALS": ORIGINALS, "S3_RENDITIONS": RENDITIONS}
        with serving(tmp_path / "library", **chosen) as process:
            told = addresses(process)
            assert (told["s3_endpoint"], told["originals_bucket"]) == (aws.endpoint, ORIGINALS)
            awaited(lambda: renditions(aws) == {"256/before.jpg.jpg", "256/gone.jpg.jpg"})
            process.send_signal(number)
            process.wait(60)
        aws.s3.delete_object(Bucket=ORIGINALS, Key="originals/gone.jpg")
        aws.s3.put_object(Bucket=ORIGINALS, Key="originals/between.jpg", Body=jpeg())
        with serving(tmp_path / "library", **chosen) as process:
            addresses(process)
            awaited(lambda: renditions(aws) == {"256/before.jpg.jpg", "256/between.jpg.jpg"})


def test_a_store_that_wants_its_webhook_first_is_waited_for(tmp_path: Path) -> None:
    port, listen = free_port(), free_port()
    chosen = {"S3_ENDPOINT": f"http://{HOST}:{port}", "S3_EVENTS": str(listen)}
    with serving(tmp_path / "library", **chosen) as process:
        assert process.stderr
        webhook = process.stderr.readline().split()[-1]
        with running(SERVERS["versitygw-webhook"], tmp_path / "store", webhook, port):
            assert addresses(process)["s3_endpoint"] == chosen["S3_ENDPOINT"]
            process.send_signal(signal.SIGINT)
            process.wait(60)
    assert is_free(listen)


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"S3_ENDPOINT": "http://127.0.0.1:9"}, "no store answers at http://127.0.0.1:9"),
        ({"S3_ENDPOINT": "nas:9000"}, "S3_ENDPOINT is 'nas:9000'; it takes the address of a server"),
        ({"S3_ENDPOINT": "http://nas:9000", "S3_SECRET_KEY": ""}, "S3_SECRET_KEY is ''"),
        ({"S3_ENDPOINT": "http://nas:9000", "S3_EVENTS": "here"}, "S3_EVENTS is 'here'; it takes a port"),
    ],
)
def test_what_is_wrong_about_a_store_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], says: str
) -> None:
    for name, value in {"S3_ACCESS_KEY": ACCESS_KEY, "S3_SECRET_KEY": SECRET_KEY, **variables}.items():
        monkeypatch.setenv(name, value)
    ended = run("serve", "--data", tmp_path, "--port", str(free_port()))
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert says in ended.stderr


def test_a_folder_stays_with_its_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "seen.db").touch()
    ended = run("serve", "--data", tmp_path, "--port", str(free_port()))
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert "give S3_ENDPOINT=" in ended.stderr
