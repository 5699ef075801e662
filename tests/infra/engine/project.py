"""A copy of the program with stacks of its own, whose state is a file and whose AWS is the embedded one."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from local.emulator import credentials
from local.emulator.process import Emulator, free_port, run_emulator
from tests.infra.engine.tools import ROOT

REGION = "eu-west-1"
SECONDS = 900
COPIED = ("__main__.py", "Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml", "pyproject.toml")
LINKED = ("infra", "function", "image", "gallery", ".venv")


@dataclass(frozen=True)
class Project:
    """The project's folder, its AWS, and the environment in which the CLI finds its plug-ins."""

    folder: Path
    embedded: Emulator
    environment: Mapping[str, str] = field(repr=False)

    @property
    def variables(self) -> dict[str, str]:
        """The environment of a person's shell, with the state in a file and the embedded AWS as AWS."""
        return {
            **os.environ,
            "AWS_ACCESS_KEY_ID": self.embedded.aws.access_key,
            "AWS_SECRET_ACCESS_KEY": self.embedded.aws.secret_key,
            "AWS_ENDPOINT_URL": self.embedded.aws.endpoint,
            "PULUMI_BACKEND_URL": f"file://{self.folder / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE": "embedded",
            **self.environment,
        }

    def pulumi(self, *arguments: str, stack: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        """Run the CLI; `more` is its environment."""
        chosen = ["--stack", stack] if stack else []
        return subprocess.run(
            ["pulumi", *arguments, "--non-interactive", *chosen],
            cwd=self.folder,
            env={**self.variables, **more},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    def does(self, *arguments: str, stack: str = "", **more: str) -> str:
        """Return the CLI's output; it must end well."""
        done = self.pulumi(*arguments, stack=stack, **more)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refuses(self, *arguments: str, stack: str = "", **more: str) -> str:
        """Return all that the CLI says; it must not end well."""
        done = self.pulumi(*arguments, stack=stack, **more)
        assert done.returncode != 0, done.stdout
        return done.stdout + done.stderr

    def configure(self, stack: str, shipped: str, changes: Mapping[str, Any]) -> None:
        """Write a stack's settings: the shipped ones with changes; None takes one away."""
        config = yaml.safe_load((self.folder / f"Pulumi.{shipped}.yaml").read_text())["config"]
        path = self.folder / f"Pulumi.{stack}.yaml"
        # Pulumi keeps the salt of the stack's passphrase in this file.
        kept = yaml.safe_load(path.read_text()) if path.exists() else {}
        given = {key: value for key, value in {**config, **changes}.items() if value is not None}
        path.write_text(yaml.safe_dump({**(kept or {}), "config": given}))

    def make(self, stack: str, shipped: str, changes: Mapping[str, Any]) -> None:
        """Make a stack and its settings; nothing of it is in AWS yet."""
        self.does("stack", "init", stack)
        self.configure(stack, shipped, changes)

    def resources(self, stack: str) -> list[dict[str, Any]]:
        """Return what the state has of the stack."""
        exported = json.loads(self.does("stack", "export", stack=stack))
        return list(exported["deployment"].get("resources", []))


def copy_program(folder: Path) -> None:
    """Copy what a checkout has of the program into the folder."""
    (folder / "state").mkdir(parents=True)
    for name in COPIED:
        shutil.copy(ROOT / name, folder)
    for name in LINKED:
        (folder / name).symlink_to(ROOT / name, target_is_directory=True)


@contextmanager
def project(folder: Path, environment: Mapping[str, str], region: str = REGION) -> Iterator[Project]:
    """Copy the program into the folder, and run an embedded AWS beside it."""
    copy_program(folder)
    embedded = folder.parent / f"{folder.name}-embedded"
    with run_emulator(embedded, region, credentials.ensure(embedded), free_port()) as running:
        yield Project(folder, running, environment)
