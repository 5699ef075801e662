"""Runs the Pulumi program under the mock monitor and records what it declares."""

import asyncio
import importlib
import json
import runpy
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pulumi
import yaml
from pulumi.runtime import mocks
from pulumi.runtime.stack import run_pulumi_func

from infra import settings
from infra.settings import Settings

ROOT = Path(__file__).parents[2]
PROJECT = "safelight"


class UnknownStackError(Exception):
    """No configuration has that name."""


@dataclass(frozen=True)
class Resource:
    """A declared resource: Pulumi's type token and logical name, its properties in Pulumi's form, and its options."""

    type: str
    name: str
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]
    depends_on: tuple[str, ...]
    # Its identity for Pulumi: its type below the types of its parent components, and its name.
    urn: str
    protected: bool
    adopted: str


@dataclass(frozen=True)
class Declared:
    """The result of a run of the program: its resources in the order of their creation, and its exports."""

    resources: tuple[Resource, ...]
    exports: Mapping[str, Any]

    def environment(self, handler: str) -> dict[str, str]:
        """Return the declared environment of the function with this handler."""
        functions = (found.inputs for found in self.resources if found.type == "aws:lambda/function:Function")
        declared = next(inputs for inputs in functions if inputs["imageConfig"]["commands"] == [handler])
        environment: dict[str, str] = declared["environment"]["variables"]
        return environment

    def routes(self, endpoint: str) -> tuple[str, ...]:
        """Return the route keys of the HTTP API with this address, such as `GET /photos/{id}`."""
        routes = (found.inputs for found in self.resources if found.type == "aws:apigatewayv2/route:Route")
        return tuple(inputs["routeKey"] for inputs in routes if f"//{inputs['apiId']}." in endpoint)

    def url(self, name: str) -> str:
        """Return the URL of the queue with this logical name."""
        return next(str(found.outputs["url"]) for found in self.resources if found.name == name)


class Maker(Protocol):
    """Creates the declared resources."""

    def make(self, type_token: str, name: str, inputs: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """Create or update a resource. Returns its id and outputs."""

    def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Call a provider's function and return its result."""


@dataclass
class _Mocks(mocks.Mocks):
    maker: Maker

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        if not args.custom:
            return "", args.inputs
        return self.maker.make(args.typ, args.name, args.inputs)

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        return self.maker.call(args.token, args.args), []


@dataclass
class _Monitor(mocks.MockMonitor):
    """The mock monitor, which also records each resource's dependencies and parent components."""

    mocks: _Mocks
    resources: dict[str, Any] = field(default_factory=dict)
    recorded: list[Resource] = field(default_factory=list)
    lineage: dict[str, str] = field(default_factory=dict)
    _stack_transforms: list[Any] = field(default_factory=list)
    _stack_invoke_transforms: list[Any] = field(default_factory=list)

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802 - Pulumi's name
        response = super().RegisterResource(request)  # type: ignore[no-untyped-call]
        # URNs do not contain the stack's own type.
        if request.parent:
            self.lineage[response.urn] = f"{self.lineage.get(request.parent, '')}${request.type}".lstrip("$")
        if request.custom:
            outputs = {**self.resources[response.urn].state, "id": response.id}
            inputs = pulumi.runtime.rpc.deserialize_properties(request.object)
            depends_on = tuple(sorted(urn.split("::")[-1] for urn in request.dependencies))
            self.recorded.append(
                Resource(
                    type=request.type,
                    name=request.name,
                    inputs=inputs,
                    outputs=outputs,
                    depends_on=depends_on,
                    urn=f"{self.lineage[response.urn]}::{request.name}",
                    protected=bool(request.protect),
                    adopted=request.importId,
                )
            )
        return response


def run(stack: str, maker: Maker, *, changes: Mapping[str, Any] | None = None, preview: bool = False) -> Declared:
    """Run `__main__.py` for a stack; `changes` override its configuration, as `pulumi config set` would."""
    # In a thread, because Pulumi needs its own event loop and the caller's thread may have one.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(_run, stack, maker, changes or {}, preview).result()


def _run(stack: str, maker: Maker, changes: Mapping[str, Any], preview: bool) -> Declared:  # noqa: FBT001
    configure(stack, changes)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    monitor = _Monitor(_Mocks(maker))
    try:
        mocks.set_mocks(monitor.mocks, project=PROJECT, stack=stack, preview=preview, monitor=monitor)
        loop.run_until_complete(run_pulumi_func(_program))
        exports = loop.run_until_complete(_exports())
    finally:
        loop.close()
    return Declared(tuple(monitor.recorded), exports)


def preload() -> None:
    """Import the program's modules, which takes as long as the start of the embedded AWS, in parallel to it."""
    for path in sorted((ROOT / "infra").glob("*.py")):
        importlib.import_module(f"infra.{path.stem}")


def stacks() -> list[str]:
    """Return the names of the stacks with a configuration."""
    return sorted(path.name.split(".")[1] for path in ROOT.glob("Pulumi.*.yaml"))


def configure(stack: str, changes: Mapping[str, Any]) -> Settings:
    """Validate the configuration of a stack, with changes, before any resource is created."""
    path = ROOT / f"Pulumi.{stack}.yaml"
    if not path.is_file():
        raise UnknownStackError(f"there is no stack {stack!r}; there are {', '.join(stacks())}")
    config = {**yaml.safe_load(path.read_text())["config"], **changes}
    pulumi.runtime.configure(pulumi.runtime.Settings(project=PROJECT, stack=stack))
    pulumi.runtime.set_all_config({key: _as_text(value) for key, value in config.items()})
    return settings.load()


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _program() -> None:
    runpy.run_path(str(ROOT / "__main__.py"), run_name="__main__")


async def _exports() -> dict[str, Any]:
    stack = pulumi.runtime.get_root_resource()
    exports = await pulumi.Output.all(**stack.outputs).future() if stack else {}  # type: ignore[attr-defined]
    return dict(exports or {})
