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

ROOT = Path(__file__).parent.parent
PROJECT = "safelight"


class UnknownStackError(Exception):
    """There is no configuration of that name."""


@dataclass(frozen=True)
class Resource:
    """One declared resource: Pulumi's type token and logical name, properties as Pulumi sends them, and its options."""

    type: str
    name: str
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]
    depends_on: tuple[str, ...]
    # By which Pulumi knows it from run to run: its own type below those of the components that it is in, and its name.
    urn: str
    protected: bool
    adopted: str


@dataclass(frozen=True)
class Declared:
    """What a run of the program declared: its resources in the order they were made, and its exports."""

    resources: tuple[Resource, ...]
    exports: Mapping[str, Any]

    def environment(self, handler: str) -> dict[str, str]:
        """The environment that the stack gives to the function with this handler."""
        functions = (found.inputs for found in self.resources if found.type == "aws:lambda/function:Function")
        declared = next(inputs for inputs in functions if inputs["imageConfig"]["commands"] == [handler])
        environment: dict[str, str] = declared["environment"]["variables"]
        return environment

    def routes(self, endpoint: str) -> tuple[str, ...]:
        """The keys of the routes of the HTTP API with this address, such as `GET /photos/{id}`."""
        routes = (found.inputs for found in self.resources if found.type == "aws:apigatewayv2/route:Route")
        return tuple(inputs["routeKey"] for inputs in routes if f"//{inputs['apiId']}." in endpoint)

    def url(self, name: str) -> str:
        """The URL of the queue with this logical name."""
        return next(str(found.outputs["url"]) for found in self.resources if found.name == name)


class Maker(Protocol):
    """Makes what the program declares, somewhere."""

    def make(self, type_token: str, name: str, inputs: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """The id and the outputs of the resource, made or brought up to date."""

    def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """The answer of a provider's function."""


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
    """The mock monitor, which also keeps what each resource depends on, and within which components it lies."""

    mocks: _Mocks
    resources: dict[str, Any] = field(default_factory=dict)
    recorded: list[Resource] = field(default_factory=list)
    lineage: dict[str, str] = field(default_factory=dict)
    _stack_transforms: list[Any] = field(default_factory=list)
    _stack_invoke_transforms: list[Any] = field(default_factory=list)

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802 - Pulumi's name
        response = super().RegisterResource(request)  # type: ignore[no-untyped-call]
        # The stack itself is in no URN.
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
    # In a thread of its own: Pulumi wants an event loop of its own, and the caller may have one running.
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
    """Import what the program imports, which takes as long as the embedded AWS takes to start."""
    for path in sorted((ROOT / "infra").glob("*.py")):
        importlib.import_module(f"infra.{path.stem}")


def stacks() -> list[str]:
    """The names of the stacks that have a configuration."""
    return sorted(path.name.split(".")[1] for path in ROOT.glob("Pulumi.*.yaml"))


def configure(stack: str, changes: Mapping[str, Any]) -> Settings:
    """Validate the configuration of a stack, with changes, before anything is made of it."""
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
