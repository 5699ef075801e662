"""A language host for Python programs: asks for the installed plug-ins, and runs the program in a process of its own.

The CLI that is built here comes without a host, because Go's module proxy has no module of it. This one serves the
same protocol and starts the same executor, `pulumi-language-python-exec`, which is a part of the SDK for Go.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from google.protobuf import empty_pb2
from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2

from tests.infra.engine.server import serve

# The executor's way to say that the program's own error was shown, and that nothing has to follow.
SHOWN = 32
EXECUTOR = "PULUMI_PYTHON_EXECUTOR"


def python(options: Any, folder: str) -> str:
    """The Python that the project's options name, else the one that runs this host."""
    environment = dict(options).get("virtualenv")
    return str(Path(folder, environment, "bin", "python")) if environment else sys.executable


class Host(language_pb2_grpc.LanguageRuntimeServicer):
    """Pulumi's LanguageRuntime service, as far as `pulumi up` of an installed program calls it."""

    def __init__(self, engine: str) -> None:
        self._engine = engine

    def Handshake(self, request: Any, context: Any) -> Any:  # noqa: N802 - the protocol's name
        """Take the engine's address."""
        self._engine = request.engine_address or self._engine
        return language_pb2.LanguageHandshakeResponse()

    def GetPluginInfo(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Give the SDK's version."""
        return plugin_pb2.PluginInfo(version=version("pulumi"))

    def GetRequiredPackages(self, request: Any, context: Any) -> Any:  # noqa: N802
        """List the provider plug-ins of the packages that are installed beside the program."""
        options, folder = request.info.options, request.info.root_directory
        found = Path(python(options, folder)).parent.parent.glob("lib/python*/site-packages/*/pulumi-plugin.json")
        return language_pb2.GetRequiredPackagesResponse(packages=_plugins(found))

    def InstallDependencies(self, request: Any, context: Any) -> Iterator[Any]:  # noqa: N802
        """Install nothing: `make venv` has done it."""
        yield from ()

    def RuntimeOptionsPrompts(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Ask for no options."""
        return language_pb2.RuntimeOptionsResponse()

    def About(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Name the Python that runs programs."""
        return language_pb2.AboutResponse(executable=sys.executable, version=sys.version.split()[0])

    def Run(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Run the program to its end. A program that showed its error itself ends the update without another word."""
        ended = subprocess.run(
            _command(request, self._engine), cwd=request.pwd, env=_environment(request), check=False
        ).returncode
        if ended == SHOWN:
            return language_pb2.RunResponse(bail=True)
        return language_pb2.RunResponse(error=f"Program exited with non-zero exit code: {ended}" if ended else "")

    def Cancel(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Wait for the interrupt that follows."""
        return empty_pb2.Empty()


def _plugins(descriptions: Iterator[Path]) -> list[Any]:
    found = [json.loads(path.read_text()) for path in sorted(descriptions)]
    return [
        plugin_pb2.PackageDependency(name=plugin["name"], kind="resource", version=plugin["version"])
        for plugin in found
        if plugin["resource"]
    ]


def _command(request: Any, engine: str) -> list[str]:
    flags = {
        "monitor": request.monitor_address,
        "engine": engine,
        "project": request.project,
        "stack": request.stack,
        "pwd": request.pwd,
        "dry_run": str(request.dryRun).lower(),
        "parallel": str(request.parallel),
        "organization": request.organization,
        "root_directory": request.info.root_directory,
    }
    given = [part for name, value in flags.items() if value for part in (f"--{name}", value)]
    runner = python(request.info.options, request.info.root_directory)
    return [runner, "-u", os.environ[EXECUTOR], *given, request.info.entry_point or request.program, *request.args]


def _environment(request: Any) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", EXECUTOR)}
    return {
        **inherited,
        "PULUMI_CONFIG": json.dumps(dict(request.config)),
        "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(request.configSecretKeys)),
    }


if __name__ == "__main__":
    serve(language_pb2_grpc.add_LanguageRuntimeServicer_to_server, Host(sys.argv[-1] if len(sys.argv) > 1 else ""))
