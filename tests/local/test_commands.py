"""The commands as a person types them: what they print, what they write, and how they end."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from function.contract.routes import ROUTES
from function.contract.table import RECORDS_PREFIX
from local.emulator import credentials
from local.emulator.process import HOST, free_port
from local.samples import draw
from local.stack.program import ROOT
from tests.conftest import awaited, fetch
from tests.support.tagging import sidecar

COMMAND = [sys.executable, "-m", "local"]

# A shell without a terminal lets what it puts into the background ignore Ctrl-C.
IN_THE_BACKGROUND = ["sh", "-c", 'trap "" INT; exec "$@"', "sh"]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two photos, and what else lies in people's folders."""
    folder = tmp_path_factory.mktemp("photos")
    (folder / "2024").mkdir()
    Image.fromarray(draw("sea", 640, 480)).save(folder / "2024" / "sea.jpg")
    Image.fromarray(draw("dunes", 300, 400)).save(folder / "dunes.png")
    (folder / "cut.jpg").write_bytes((folder / "2024" / "sea.jpg").read_bytes()[:5000])
    (folder / "empty.jpg").touch()
    (folder / "list.jpg").write_text("milk\nbread\n")
    (folder / "notes.txt").write_text("milk\nbread\n")
    (folder / ".DS_Store").write_bytes(bytes(8))
    (folder / "dunes.xmp").write_bytes(sidecar('exif:DateTimeOriginal="2018-02-01T12:34:56" photoshop:City="Bolzano"'))
    return folder


def test_import_reports_every_file_in_its_state(photos: Path, tmp_path: Path) -> None:
    arguments = ("import", photos, "--report", tmp_path / "r.json", "--data", tmp_path / "d")
    first = run(*arguments)
    assert first.returncode == 0, first.stderr
    report = json.loads((tmp_path / "r.json").read_text())
    assert report["counts"] == {"ready": 2, "partial": 1, "unsupported": 2, "skipped": 3}
    assert report["seconds"] > 0
    found = {photo["key"]: photo for photo in report["photos"]}
    skipped = {"notes.txt", ".DS_Store", "dunes.xmp"}
    assert set(found) == {"2024/sea.jpg", "dunes.png", "cut.jpg", "empty.jpg", "list.jpg", *skipped}
    assert {photo["key"] for photo in report["photos"] if photo["state"] == "skipped"} == skipped
    dunes = found["dunes.png"]
    assert (dunes["taken"], dunes["taken_source"], dunes["place"]) == ("2018-02-01T12:34:56", "xmp", "Bolzano")
    sea = found["2024/sea.jpg"]
    assert (sea["state"], sea["format"], sea["width"], sea["height"]) == ("ready", "jpeg", 640, 480)
    assert set(sea["renditions"][0]) == {"name", "width", "height", "bytes", "content_type", "key", "recipe"}
    assert sea["renditions"][2]["key"] == "512/2024/sea.jpg.jpg"
    assert (sea["duplicate_of"], sea["stack"]) == (None, None)
    assert "not whole" in found["cut.jpg"]["reason"]
    assert "empty" in found["empty.jpg"]["reason"]
    again = run(*arguments)
    assert again.returncode == 0, again.stderr
    repeated = json.loads((tmp_path / "r.json").read_text())
    assert repeated["photos"] == report["photos"]  # nothing was uploaded or made a second time


@contextmanager
def serving(folder: Path, port: int) -> Iterator[tuple[dict[str, Any], subprocess.Popen[str]]]:
    process = subprocess.Popen(
        [*IN_THE_BACKGROUND, *COMMAND, "serve", "--data", str(folder), "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    try:
        yield json.loads(process.stdout.readline()), process
    finally:
        process.kill()
        process.wait()


def client(addresses: dict[str, Any]) -> Any:
    import boto3

    return boto3.client(
        "s3",
        endpoint_url=addresses["s3_endpoint"],
        aws_access_key_id=addresses["access_key"],
        aws_secret_access_key=addresses["secret_key"],
        region_name=addresses["region"],
    )


def stop(process: subprocess.Popen[str], number: int) -> None:
    process.send_signal(number)
    process.wait(timeout=30)


def renditions(addresses: dict[str, Any]) -> list[str]:
    bucket = addresses["originals_bucket"].replace("originals", "renditions")
    found = client(addresses).list_objects_v2(Bucket=bucket).get("Contents", ())
    return [entry["Key"] for entry in found if not entry["Key"].startswith(RECORDS_PREFIX)]


def awaited_renditions(addresses: dict[str, Any], count: int) -> None:
    awaited(lambda: len(renditions(addresses)) == count)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) != 0


def test_what_was_uploaded_outlives_a_stop_and_a_kill(photos: Path, tmp_path: Path) -> None:
    folder, port = tmp_path / "library", free_port()
    with serving(folder, port) as (addresses, process):
        assert set(addresses) == {
            *(
                "gallery",
                "api",
                "s3_endpoint",
                "access_key",
                "secret_key",
                "originals_bucket",
                "user",
                "password",
                "region",
            )
        }
        assert fetch(addresses["gallery"]).status == 200
        bucket = addresses["originals_bucket"]
        client(addresses).upload_file(str(photos / "dunes.png"), bucket, "originals/dunes.png")
        awaited_renditions(addresses, 2)
        stop(process, signal.SIGINT)
    assert is_free(port)
    with serving(folder, port) as (addresses, process):
        assert len(renditions(addresses)) == 2
        client(addresses).upload_file(str(photos / "2024" / "sea.jpg"), bucket, "originals/sea.jpg")
        client(addresses).upload_file(str(photos / "dunes.png"), bucket, "inbox/dropped.png")
        stop(process, signal.SIGKILL)
    # Everything that a killed run had started ends by itself.
    awaited(lambda: is_free(port))
    with serving(folder, port) as (addresses, process):
        awaited_renditions(addresses, 7)
        assert client(addresses).list_objects_v2(Bucket=bucket, Prefix="inbox/")["KeyCount"] == 0
        stop(process, signal.SIGTERM)


def test_a_port_that_is_taken_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = run("serve", "--data", tmp_path, "--port", str(port))
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert f"port {port}" in ended.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["run", "import"])
@pytest.mark.parametrize(("folder", "says"), [("missing", "is no folder"), ("bare", "has no files in it")])
def test_a_folder_without_photos_is_one_line(tmp_path: Path, command: str, folder: str, says: str) -> None:
    (tmp_path / "bare").mkdir()
    report = ("--report", tmp_path / "r.json") if command == "import" else ()
    ended = run(command, tmp_path / folder, *report, "--data", tmp_path / "d")
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert says in ended.stderr
    assert not (tmp_path / "d").exists()


def test_a_wrong_configuration_stops_before_anything_is_made(tmp_path: Path) -> None:
    for name in ("infra", "function", "image", "local"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    settings = (ROOT / "Pulumi.dev.yaml").read_text().replace("workerMemory: 2048", "workerMemory: 64")
    (tmp_path / "Pulumi.dev.yaml").write_text(settings)
    ended = subprocess.run(
        [*COMMAND, "serve", "--data", "d"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode == 1
    assert "safelight:workerMemory is '64'; it takes a whole number from 512 to 10240" in ended.stderr
    assert not (tmp_path / "d").exists()


def test_one_library_is_open_once_and_a_second_serve_tells_its_line(photos: Path, tmp_path: Path) -> None:
    with serving(tmp_path, free_port()) as (addresses, process):
        again = run("serve", "--data", tmp_path, "--port", str(free_port()))
        assert (again.returncode, json.loads(again.stdout)) == (0, addresses)
        refused = run("run", photos, "--data", tmp_path, "--port", str(free_port()))
        stop(process, signal.SIGINT)
    assert refused.returncode == 1
    assert f"open in another run, at {addresses['gallery']}" in refused.stderr
    assert not (tmp_path / "addresses.json").exists()


def test_run_says_where_photos_can_be_uploaded(photos: Path, tmp_path: Path) -> None:
    words = [*COMMAND, "run", str(photos), "--data", str(tmp_path), "--port", str(free_port())]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        printed = "".join(iter(process.stdout.readline, "\n")) + "".join(iter(process.stdout.readline, "\n"))
        addresses = json.loads((tmp_path / "addresses.json").read_text())
        stop(process, signal.SIGINT)
    assert f"S3        {addresses['s3_endpoint']}   {addresses['originals_bucket']}" in printed
    assert f"its keys are in {tmp_path / 'credentials.json'}" in printed
    assert addresses["secret_key"] not in printed


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_stack_tells_what_is_declared(stack: str) -> None:
    told = json.loads(run("stack", "--json", "--stack", stack).stdout)
    assert all(set(resource) >= {"type", "name", "inputs", "outputs", "depends_on", "urn"} for resource in told)
    routes = [resource for resource in told if resource["type"] == "aws:apigatewayv2/route:Route"]
    assert {route["inputs"]["routeKey"] for route in routes} == {route.key for route in ROUTES}


def test_a_library_whose_embedded_aws_was_killed_says_so(tmp_path: Path) -> None:
    with serving(tmp_path, free_port()) as (_, process):
        children = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=True).stdout
        os.kill(int(children.split()[0]), signal.SIGKILL)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    assert said.startswith("safelight: the embedded AWS ended unexpectedly")
    assert said.count("\n") == 1


# Sends Ctrl-C to the program while it imports one of its modules.
INTERRUPTING = """
import os, signal, sys

class Finder:
    def find_spec(self, name, *_):
        if name == "local.commands":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Finder())
"""


def test_ctrl_c_while_the_program_starts_ends_it_without_a_stack_trace(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(INTERRUPTING)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [*COMMAND, "serve", "--data", str(tmp_path / "d")]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")


def test_an_unknown_stack_is_one_line() -> None:
    ended = run("stack", "--json", "--stack", "nowhere")
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert "there are dev, prod" in ended.stderr


def test_clean_empties_a_library_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").touch()
    # Other programs keep keys under this name too.
    (tmp_path / "credentials.json").write_text('{"installed": {"client_id": "1"}}')
    ended = run("clean", "--data", tmp_path)
    assert ended.returncode == 1
    assert {path.name for path in tmp_path.iterdir()} == {"precious.txt", "credentials.json"}


def test_clean_leaves_the_photos_that_lie_beside_a_library(tmp_path: Path) -> None:
    library, photo = tmp_path / "pictures", tmp_path / "pictures" / "2024" / "sea.jpg"
    photo.parent.mkdir(parents=True)
    photo.touch()
    credentials.ensure(library)
    for name in ("objects", "state", "scratch"):
        (library / name / "any").mkdir(parents=True)
    ended = run("clean", "--data", library)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert f"{library} stays" in ended.stdout
    assert [path for path in library.rglob("*") if path.is_file()] == [photo]


def test_clean_deletes_the_folder_of_a_library(tmp_path: Path) -> None:
    library, elsewhere = tmp_path / "library", tmp_path / "large-disk"
    credentials.ensure(library)
    (elsewhere / "photos").mkdir(parents=True)
    (library / "objects").symlink_to(elsewhere)
    assert run("clean", "--data", library).returncode == 0
    assert not library.exists()
    assert (elsewhere / "photos").exists()
