"""Builds Pulumi's CLI from its modules, into build/engine: `make engine`, and .ci/run.

Go's proxy has the CLI and the engine as a module. The language host and the provider plug-ins are this folder's own.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "build" / "engine"
VERSION = "3.274.1"
MODULE = f"""module safelight.local/engine

go 1.24

require github.com/pulumi/pulumi/pkg/v3 v{VERSION}
"""
# Without a program that needs it, Go would forget the module.
NEEDS = """package main

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
"""
COMMAND = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
SDK = "github.com/pulumi/pulumi/sdk/v3"
STAMP = f"-s -w -X {SDK}/go/common/version.Version=v{VERSION}"
PLUGINS = {"aws": "pulumi_aws", "docker-build": "pulumi_docker_build"}


class BuildError(Exception):
    """The CLI cannot be built; the message says what is missing."""


@dataclass(frozen=True)
class Tools:
    """The CLI and the executor of Python programs."""

    cli: Path = FOLDER / "pulumi"
    executor: Path = FOLDER / "pulumi-language-python-exec"

    def missing(self) -> str | None:
        """Return what has to be done first, or None."""
        if self.cli.is_file() and self.executor.is_file() and self.version() == f"v{VERSION}":
            return None
        return f"Pulumi's CLI {VERSION} is not built here: make engine"

    def version(self) -> str:
        """Return the CLI's own version."""
        environment = {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"}
        shown = subprocess.run([self.cli, "version"], capture_output=True, text=True, env=environment, check=False)
        return shown.stdout.strip()

    def install(self, home: Path) -> dict[str, str]:
        """Put the language host and the plug-ins into a PULUMI_HOME; return the environment for the CLI."""
        # The CLI takes the host that lies beside it.
        _script(self.cli.with_name("pulumi-language-python"), "tests.infra.engine.host", {})
        for name, package in PLUGINS.items():
            found = version(package)
            path = home / "plugins" / f"resource-{name}-v{found}" / f"pulumi-resource-{name}"
            _script(path, "tests.infra.engine.provider", {"PLUGIN_VERSION": found})
        return {
            "PATH": f"{self.cli.parent}:{os.environ['PATH']}",
            "PULUMI_HOME": str(home),
            "PULUMI_PYTHON_EXECUTOR": str(self.executor),
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }


def _script(path: Path, module: str, variables: dict[str, str]) -> None:
    """Write a command that runs a module of this checkout, whatever folder it is started in."""
    given = " ".join(f"{name}={value}" for name, value in {"PYTHONPATH": str(ROOT), **variables}.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\n{given} exec "{sys.executable}" -P -m {module} "$@"\n')
    path.chmod(0o755)


def build() -> Tools:
    """Build what is not built yet. Raises BuildError."""
    tools = Tools()
    if not tools.missing():
        return tools
    if not shutil.which("go"):
        raise BuildError("Go is missing (https://go.dev/dl, 1.24 or newer): it builds Pulumi's CLI from its modules")
    module = FOLDER / "module"
    module.mkdir(parents=True, exist_ok=True)
    (module / "go.mod").write_text(MODULE)
    (module / "needs.go").write_text(NEEDS)
    _go(module, "mod", "tidy", "-e")
    _go(module, "build", "-trimpath", "-ldflags", STAMP, "-o", str(tools.cli), COMMAND)
    sdk = Path(_go(module, "list", "-m", "-f", "{{.Dir}}", SDK).strip())
    shutil.copyfile(sdk / "python" / "cmd" / tools.executor.name, tools.executor)
    return tools


def _go(module: Path, *arguments: str) -> str:
    done = subprocess.run(["go", *arguments], cwd=module, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(
            f"`go {arguments[0]}` failed; it needs a Go of 1.24 or newer and a module proxy:\n{done.stderr}"
        )
    return done.stdout


if __name__ == "__main__":
    try:
        print(f"Pulumi's CLI and engine {build().version()}, with the Python SDK {version('pulumi')}")
    except BuildError as error:
        sys.exit(str(error))
