"""The Makefile hands values over as they are, whatever is in them, and each task takes the values that it documents."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "Makefile").read_text()
RECIPES = [line for line in TEXT.splitlines() if line.startswith("\t") and not line.startswith("\tJSON")]
# Hostile to make, to a shell, to both, or to a parser of arguments. {} is a file that must not come to be.
NAMES = (
    'a"b',
    "it's",
    "two words",
    "two  blanks ",
    " before",
    "$HOME",
    "$$HOME",
    "$(HOME)",
    "${HOME}",
    "$(shell touch {})",
    "$(touch {})",
    "`touch {}`",
    "'; touch {}; '",
    '"; touch {}; "',
    "a\nb",
    "a\n\ttouch {}\n",
    "#1",
    "100%",
    "a\\b",
    "a\\",
    "*",
    "~",
    "-n",
    "--data=elsewhere",
    "a=b:c",
    "été 東京",
    "(a)",
)
STUB = f"""#!{sys.executable}
import json, os, sys
with open(os.environ["NOTED"], "w") as file:
    json.dump(sys.argv[1:], file)
"""

Make = Callable[..., list[str]]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Run make with an interpreter that notes its arguments; return these."""
    folder = tmp_path / "project"
    (folder / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder)
    (folder / "function").mkdir()
    for name in ("requirements.txt", "function/requirements.txt", "requirements-local.txt", "requirements-dev.txt"):
        (folder / name).touch()
    for name in ("runnable", "installed"):
        (folder / ".venv" / name).touch()
    python = folder / ".venv" / "bin" / "python"
    python.write_text(STUB)
    python.chmod(0o755)

    def run(*words: str, **environment: str) -> list[str]:
        noted = tmp_path / "noted.json"
        clean = {key: os.environ[key] for key in ("PATH", "HOME")}
        subprocess.run(
            ["make", *words], cwd=folder, env={**clean, "NOTED": str(noted), **environment}, check=True, timeout=30
        )
        found: list[str] = json.loads(noted.read_text())
        return found

    return run


@pytest.mark.parametrize("name", NAMES)
def test_any_name_of_a_folder_arrives_as_it_is(make: Make, tmp_path: Path, name: str) -> None:
    trap = tmp_path / "trap"
    name = name.format(trap) if "{}" in name else name
    run = ["-m", "local", "run", "--port=8484"]
    # make takes blanks before a value on its command line for its own.
    typed = name.lstrip(" ")
    assert make("run", f"PHOTOS={name}", f"DATA={name}") == [*run, f"--data={typed}", "--", typed]
    assert make("run", PHOTOS=name, DATA=name) == [*run, f"--data={name}", "--", name]
    assert not trap.exists()


@pytest.mark.parametrize("task", ["backfill", "rebuild-index", "replay", "clean-data"])
def test_every_task_of_a_library_takes_its_folder(make: Make, task: str) -> None:
    assert make(task, "DATA=a'b $c")[-1] == "--data=a'b $c"
    assert make(task)[-1] == "--data=.safelight"


def test_the_other_tasks_take_theirs(make: Make) -> None:
    assert make("run", "EPS=1", "PORT=1") == ["-m", "local", "run", "--port=1", "--data=.safelight", "--eps"]
    cost = make("cost", "PHOTOS=5", "AVERAGE_MB=2", "CLASS=$x")
    assert cost == ["-m", "cost", "--photos=5", "--average-mb=2", "--class=$x"]
    bench = make("bench", 'JSON=a"b', "ONLY=jpeg raw", "QUICK=1", "MARKDOWN=1")
    assert bench == ["-m", "bench", '--json=a"b', "--only", "jpeg", "raw", "--quick", "--markdown"]
    assert make("fuzz", "SECONDS=5", "SEED=3") == ["-m", "tests.fuzz", "--seconds=5", "--seed=3"]
    assert make("scale", "PHOTOS=1 2") == ["-m", "tests.scale", "--photos", "1", "2"]


def test_the_keys_of_a_store_arrive_as_they_are(make: Make, tmp_path: Path) -> None:
    python = tmp_path / "project" / ".venv" / "bin" / "python"
    python.write_text(STUB.replace("sys.argv[1:]", 'os.environ["S3_SECRET_KEY"]'))
    assert make("run", "S3_SECRET_KEY=a$b`c`$(d)") == "a$b`c`$(d)"  # type: ignore[comparison-overlap]


def test_tests_do_not_depend_on_what_was_typed(make: Make, tmp_path: Path) -> None:
    python = tmp_path / "project" / ".venv" / "bin" / "python"
    python.write_text(STUB.replace("sys.argv[1:]", "sorted(os.environ)"))
    assert not set(make("test", "S3_ENDPOINT=http://nas:9000", "PORT=1")) & {"S3_ENDPOINT", "PORT", "DATA", "STACK"}


def test_no_recipe_expands_a_value_that_a_user_gives() -> None:
    options = set(re.findall(r"\w+", TEXT[TEXT.index("OPTIONS :=") : TEXT.index("GIVEN :=")])) - {"OPTIONS"}
    for line in RECIPES:
        plain = re.sub(r"\$\(if \$\((\w+)\)", "", line)
        assert not set(re.findall(r"\$\((\w+)\)", plain)) & options, line
    # Every variable that a recipe takes from the environment is among those that are handed over.
    taken = {name for line in RECIPES for name in re.findall(r"\$\$\{?([A-Z][A-Z0-9_]*)", line)}
    assert taken <= options
    documented = {name for line in TEXT.splitlines() if "## " in line for name in re.findall(r"\b([A-Z_0-9]+)=", line)}
    assert documented <= options


def test_an_unknown_stack_is_named_before_pulumi_is_asked(tmp_path: Path) -> None:
    for stack in ("nowhere", "owner/project/nowhere", "$(touch x)", "a'b"):
        words, clean = ["make", "teardown", f"STACK={stack}"], {"PATH": os.environ["PATH"]}
        ended = subprocess.run(words, cwd=ROOT, env=clean, capture_output=True, text=True, check=False, timeout=30)
        assert ended.returncode != 0
        # A developer may have stacks of their own beside these two.
        assert ended.stdout.startswith(f"There is no stack {stack} here; there are: ")
        assert {"dev", "prod"} <= set(ended.stdout.split(": ")[1].split())
