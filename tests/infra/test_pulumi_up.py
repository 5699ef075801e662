"""The real `pulumi up`, with the real AWS provider, against the embedded AWS; where either is missing, it says so."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

from local.emulator import credentials
from local.emulator.process import Emulator, free_port, run_emulator

ROOT = Path(__file__).parent.parent.parent
REGION = "us-east-1"
SERVICES = (
    *("apigatewayv2", "budgets", "cloudwatch", "cognitoidp", "dynamodb", "ecr", "iam", "lambda", "logs", "s3", "sns"),
    *("sqs", "sts"),
)
SECONDS = 900


def missing() -> str | None:
    """What this machine lacks for the real thing."""
    if not shutil.which("pulumi"):
        return "there is no pulumi on this machine (see docs/deploy.md)"
    listed = subprocess.run(["pulumi", "plugin", "ls", "--json"], capture_output=True, text=True, check=False)
    plugins = json.loads(listed.stdout) if listed.returncode == 0 else []
    wanted = version("pulumi_aws")
    installed = {(plugin["name"], str(plugin.get("version")).removeprefix("v")) for plugin in plugins}
    if ("aws", wanted) not in installed:
        return f"pulumi's AWS plug-in {wanted} is not installed: pulumi plugin install resource aws {wanted}"
    return None


REASON = missing()


@dataclass(frozen=True)
class Project:
    """A copy of the program with a stack of its own, whose state is a file and whose AWS is the embedded one."""

    folder: Path
    embedded: Emulator

    def pulumi(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        keys = {
            "AWS_ACCESS_KEY_ID": self.embedded.aws.access_key,
            "AWS_SECRET_ACCESS_KEY": self.embedded.aws.secret_key,
        }
        own = {
            "PULUMI_BACKEND_URL": f"file://{self.folder / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE": "embedded",
            # What is not installed is not needed: the image is not built here.
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }
        return subprocess.run(
            ["pulumi", *arguments, "--non-interactive", "--stack", "local"],
            cwd=self.folder,
            env={**os.environ, **keys, **own},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    def does(self, *arguments: str) -> str:
        """What pulumi says; it must end well."""
        done = self.pulumi(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def configure(self, *, force_destroy: bool) -> None:
        endpoint = self.embedded.aws.endpoint
        config = {
            "aws:region": REGION,
            "aws:s3UsePathStyle": True,
            "aws:skipCredentialsValidation": True,
            "aws:skipMetadataApiCheck": True,
            "aws:endpoints": [dict.fromkeys(SERVICES, endpoint)],
            "safelight:forceDestroy": force_destroy,
            "safelight:deletionProtection": False,
            "safelight:alarmEmail": "owner@example.com",
            "safelight:monthlyBudgetUsd": 20,
            "safelight:imageUri": f"000000000000.dkr.ecr.{REGION}.amazonaws.com/functions@sha256:{'1' * 64}",
        }
        path = self.folder / "Pulumi.local.yaml"
        # Pulumi keeps the salt of the stack's passphrase in this file.
        kept = yaml.safe_load(path.read_text()) if path.exists() else {}
        path.write_text(yaml.safe_dump({**(kept or {}), "config": config}))

    def buckets(self) -> list[str]:
        return [bucket["Name"] for bucket in self.embedded.aws.s3.list_buckets()["Buckets"]]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    folder = tmp_path / "project"
    folder.mkdir()
    for name in ("__main__.py", "Pulumi.yaml"):
        shutil.copy(ROOT / name, folder)
    for name in ("infra", "function", ".venv"):
        (folder / name).symlink_to(ROOT / name, target_is_directory=True)
    (folder / "state").mkdir()
    keys = credentials.of(tmp_path / "embedded")
    with run_emulator(tmp_path / "embedded", REGION, keys, free_port()) as embedded:
        yield Project(folder, embedded)


@pytest.mark.skipif(REASON is not None, reason=str(REASON))
def test_up_holds_and_destroy_leaves_nothing_but_what_is_protected(project: Project) -> None:
    project.does("stack", "init")
    project.configure(force_destroy=False)
    project.does("up", "--yes")
    project.does("preview", "--expect-no-changes")
    assert len(project.buckets()) == 2

    originals = json.loads(project.does("stack", "output", "--json"))["originals_bucket"]
    for content in (b"first", b"second"):
        project.embedded.aws.s3.put_object(Bucket=originals, Key="other/photo", Body=content)
    refused = project.pulumi("destroy", "--yes")
    assert refused.returncode != 0
    assert "protect" in refused.stdout + refused.stderr
    assert len(project.buckets()) == 2

    project.configure(force_destroy=True)
    project.does("up", "--yes")
    project.does("destroy", "--yes")
    assert project.buckets() == []
