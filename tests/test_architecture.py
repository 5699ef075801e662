"""The rules that hold the house together: imports go down only, and heavy libraries load where they are needed."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
IMAGING = {"pyvips", "rawpy", "PIL", "pillow_heif", "pillow_jxl", "simplejpeg", "kornia_rs"}
METADATA = {"exiv2", "tzfpy", "localis"}
# From a package to what it may import of the project.
VALUES = (
    "function.values",
    "function.errors",
    "function.contract",
    "function.formats",
    "function.seeking",
    "function.tiff",
)
ALLOWED: dict[str, tuple[str, ...]] = {
    "function/contract.py": (),
    "function/values.py": ("function.contract",),
    "function/errors.py": ("function.values",),
    "function/postings.py": ("function.keys", "function.shelves", *VALUES),
    "function/imaging": ("function.imaging", "function.sandbox", *VALUES),
    "function/metadata": ("function.metadata", "function.sandbox", *VALUES),
    "function/postscript": ("function.postscript",),
    "function/sandbox": (
        "function.sandbox",
        "function.seeking",
        "function.contract",
        "function.errors",
        "function.values",
    ),
    "function/service": (
        "function.service",
        "function.postscript",
        "function.ports",
        "function.keys",
        "function.postings",
        "function.shelves",
        *VALUES,
    ),
    "function/aws": (
        "function.aws",
        "function.postscript",
        "function.ports",
        "function.keys",
        "function.postings",
        "function.shelves",
        *VALUES,
    ),
    "infra": ("infra", "function.contract"),
}


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def files(where: str) -> list[Path]:
    path = ROOT / where
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("where", ALLOWED)
def test_imports_go_down_only(where: str) -> None:
    for path in files(where):
        own = {name for name in imports(path) if name.split(".")[0] in ("function", "infra", "local", "tests", "bench")}
        strangers = {name for name in own if not within(name, ALLOWED[where])}
        assert not strangers, f"{path.relative_to(ROOT)} imports {strangers}"


def test_nothing_that_is_deployed_knows_the_local_mode() -> None:
    for where in ("function", "infra", "__main__.py"):
        for path in files(where):
            assert not {name for name in imports(path) if name.split(".")[0] in ("local", "tests", "bench")}


def test_imaging_alone_knows_the_decoders() -> None:
    for path in files("function"):
        if "imaging" not in path.parts:
            assert not {name.split(".")[0] for name in imports(path)} & IMAGING, path


def test_metadata_alone_knows_what_reads_it() -> None:
    for path in files("function"):
        if "metadata" not in path.parts:
            assert not {name.split(".")[0] for name in imports(path)} & METADATA, path


def test_only_bootstrap_and_the_adapters_know_aws() -> None:
    for path in files("function"):
        if "aws" not in path.parts and path.parent.name != "bootstrap":
            assert not {name.split(".")[0] for name in imports(path)} & {"boto3", "botocore"}, path


def test_the_contract_takes_the_standard_library_alone() -> None:
    assert {name.split(".")[0] for name in imports(ROOT / "function" / "contract.py")} <= set(sys.stdlib_module_names)


@pytest.mark.parametrize(
    ("handler", "absent"),
    [(handler, IMAGING | {"numpy", "exiv2", "tzfpy", "localis"}) for handler in ("api", "worker")],
)
def test_a_handler_loads_no_decoder_before_it_needs_one(handler: str, absent: set[str]) -> None:
    code = f"import sys, function.handlers.{handler}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert not set(loaded.split()) & absent
