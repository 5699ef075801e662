"""The real `pulumi up` against the embedded AWS: with the real AWS provider where it is installed, or our own."""

import inspect
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import pytest
from pulumi_aws import ProviderEndpointArgs

from local import program
from local.makers import MAKERS
from local.recorder import Recorder
from tests.infra.conftest import EVERYTHING
from tests.infra.engine.project import Project, project
from tests.infra.engine.tools import Tools

REGION = "us-east-1"
STACK = "local"
# Types whose service has another name among the provider's endpoints.
ENDPOINTS = {"cognito": "cognitoidp", "cloudwatch/logGroup": "logs"}


def services() -> set[str]:
    """The provider's names of all the services that the program declares something of, and of the one that it asks."""
    types = {resource.type for resource in program.run("dev", Recorder(), changes=EVERYTHING).resources}
    return {endpoint(token) for token in types if token.startswith("aws:")} | {"sts"}


def endpoint(token: str) -> str:
    """The provider's name of the service that has the type."""
    path = token.split(":")[1]
    service = path.split("/")[0]
    return ENDPOINTS.get(path, ENDPOINTS.get(service, service))


def has_real_provider() -> bool:
    """Whether Pulumi is installed on this machine, with the AWS plug-in that the program asks for."""
    if not shutil.which("pulumi"):
        return False
    listed = subprocess.run(["pulumi", "plugin", "ls", "--json"], capture_output=True, text=True, check=False)
    plugins = json.loads(listed.stdout) if listed.returncode == 0 else []
    installed = {(plugin["name"], str(plugin.get("version")).removeprefix("v")) for plugin in plugins}
    return ("aws", version("pulumi_aws")) in installed


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    """Where the CLI finds its plug-ins."""
    if has_real_provider():
        # What is not installed is not needed: the image is not built here.
        return {"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true", "PULUMI_SKIP_UPDATE_CHECK": "true"}
    if reason := Tools().missing():
        pytest.skip(reason)
    return Tools().install(tmp_path / "pulumi-home")


@pytest.fixture
def live(tmp_path: Path, environment: Mapping[str, str]) -> Iterator[Project]:
    with project(tmp_path / "project", environment, REGION) as running:
        yield running


def configure(live: Project, *, force_destroy: bool) -> None:
    settings = {
        "aws:region": REGION,
        "aws:s3UsePathStyle": True,
        "aws:skipCredentialsValidation": True,
        "aws:skipMetadataApiCheck": True,
        "aws:endpoints": [dict.fromkeys(sorted(services()), live.embedded.aws.endpoint)],
        "safelight:forceDestroy": force_destroy,
        "safelight:deletionProtection": False,
        "safelight:alarmEmail": "owner@example.com",
        "safelight:monthlyBudgetUsd": 20,
        "safelight:imageUri": f"000000000000.dkr.ecr.{REGION}.amazonaws.com/functions@sha256:{'1' * 64}",
    }
    live.configure(STACK, "dev", settings)


def buckets(live: Project) -> list[str]:
    return [bucket["Name"] for bucket in live.embedded.aws.s3.list_buckets()["Buckets"]]


def test_every_declared_service_is_the_embedded_one() -> None:
    known = {name.removesuffix("_") for name in inspect.signature(ProviderEndpointArgs).parameters}
    assert services() <= known
    assert {"sfn", "scheduler", "ec2", "sqs", "logs"} <= services()
    assert {endpoint(token) for token in MAKERS if token.startswith("aws:")} <= services()


def test_up_holds_and_destroy_leaves_nothing_but_what_is_protected(live: Project) -> None:
    live.does("stack", "init", STACK)
    configure(live, force_destroy=False)
    live.does("up", "--yes", stack=STACK)
    live.does("preview", "--expect-no-changes", stack=STACK)
    assert len(buckets(live)) == 2

    originals = json.loads(live.does("stack", "output", "--json", stack=STACK))["originals_bucket"]
    for content in (b"first", b"second"):
        live.embedded.aws.s3.put_object(Bucket=originals, Key="other/photo", Body=content)
    assert "protect" in live.refuses("destroy", "--yes", stack=STACK)
    assert len(buckets(live)) == 2

    configure(live, force_destroy=True)
    live.does("up", "--yes", stack=STACK)
    live.does("destroy", "--yes", stack=STACK)
    assert buckets(live) == []
