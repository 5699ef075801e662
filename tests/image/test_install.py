"""What goes into the image, and what stays out."""

import re
from pathlib import Path

import pytest

from image import install

ROOT = Path(__file__).parent.parent.parent
LIST = """\
alpha==1.0 ; sys_platform == 'linux' \\
    --hash=sha256:aa \\
    --hash=sha256:ab
    # via beta
pyvips==3.2.0 \\
    --hash=sha256:cc
pyvips-binary==8.18 --hash=sha256:dd
"""


def test_source_distributions_are_told_from_wheels_with_their_hashes(tmp_path: Path) -> None:
    sources, wheels = install.split(LIST, tmp_path)
    assert re.findall(r"^\w[\w-]*|sha256:\w+", sources.read_text(), re.MULTILINE) == ["pyvips", "sha256:cc"]
    assert re.findall(r"^\w[\w-]*|sha256:\w+", wheels.read_text(), re.MULTILINE) == [
        *("alpha", "sha256:aa", "sha256:ab", "pyvips-binary", "sha256:dd")
    ]


def test_every_locked_package_is_in_one_of_the_two_lists(tmp_path: Path) -> None:
    locked = (ROOT / "function" / "requirements.txt").read_text()
    lists = [re.findall(r"^[\w.-]+(?===)", part.read_text(), re.MULTILINE) for part in install.split(locked, tmp_path)]
    assert lists[0] == list(install.SOURCES)
    assert sorted(lists[0] + lists[1]) == sorted(re.findall(r"^[\w.-]+(?===)", locked, re.MULTILINE))


@pytest.mark.parametrize(("architecture", "machine"), [("amd64", "x86_64"), ("arm64", "aarch64")])
def test_wheels_are_chosen_for_the_target(architecture: str, machine: str) -> None:
    assert {flag.partition("_")[0] for flag in install.platforms(architecture)} <= {
        "--platform=manylinux",
        "--platform=manylinux2014",
    }
    assert all(flag.endswith(f"_{machine}") for flag in install.platforms(architecture))


def test_the_sdk_keeps_the_services_that_bootstrap_makes_clients_of() -> None:
    wiring = "".join(path.read_text() for path in (ROOT / "function" / "bootstrap").glob("*.py"))
    assert set(re.findall(r'client\("([\w-]+)"\)', wiring)) == set(install.SERVICES)


def test_what_is_pruned_is_gone_and_the_rest_is_not(tmp_path: Path) -> None:
    kept = ("botocore/data/s3/a.json.gz", "botocore/data/endpoints.json", "numpy/linalg/a.py", "x-1.dist-info/METADATA")
    codecs_kept = ("imagecodecs/_jpegxl.abi3.so", "imagecodecs/_imagecodecs.py", "imagecodecs.libs/libjxl_cms-1.so.0")
    gone = ("botocore/data/ec2/a.json.gz", "numpy/linalg/tests/a.py", "numpy/a.pyi", "bin/f2py")
    codecs_gone = ("imagecodecs/_avif.abi3.so", "imagecodecs.libs/libaom-1.so.3")
    for name in (*kept, *codecs_kept, *gone, *codecs_gone):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    install.prune(tmp_path)
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {*kept, *codecs_kept}
