"""docs/deploy.md from its first command to its last, word for word: from an empty account to nothing left."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.infra.engine.commands import blocks
from tests.infra.engine.project import SECONDS, Project, project
from tests.infra.engine.tools import ROOT

PAGE = ROOT / "docs" / "deploy.md"
REGION = "eu-central-1"
# What needs files of a person's own, or the id of a thing that nobody has deleted here.
ELSEWHERE = ("aws s3 ", "aws s3api ", "aws logs ", "git pull", "make venv")
EXAMPLES = {
    "--password '...'": "--password 'Correct-horse-7'",
    # The CLI would take the home of the user who runs the tests.
    "pulumi login --local": 'pulumi login "file://$HOME"',
}
KEY = "originals/2026/IMG_0001.NEF"
PLACEHOLDER = re.compile(r"safelight-photos-(originals|renditions|index)-[0-9a-f]{7}\b")


class Walk:
    """A person's shell in the project's folder, with an `aws` for the embedded AWS."""

    def __init__(self, project: Project) -> None:
        self.aws, self._project, self.names = project.embedded.aws, project, dict[str, str]()
        home = project.folder.parent / "home"
        self._commands = home / "bin"
        self._commands.mkdir(parents=True)
        shim = self._commands / "aws"
        shim.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec "{sys.executable}" -P -m tests.infra.engine.aws_cli "$@"\n')
        shim.chmod(0o755)
        given = {key: value for key, value in project.variables.items() if key != "PULUMI_BACKEND_URL"}
        self._variables = {
            **given,
            "HOME": str(home),
            "PATH": f"{self._commands}:{given['PATH']}",
            "AWS_DEFAULT_REGION": REGION,
            "PULUMI_CONFIG_PASSPHRASE": "...",
            # A person answers the questions; the previews that they follow are in the other tests.
            "PULUMI_SKIP_CONFIRMATIONS": "true",
            "PULUMI_OPTION_SKIP_PREVIEW": "true",
        }

    def runs(self, commands: list[str]) -> str:
        """Run the commands as one script, which must end well."""
        script = "\n".join(self._named(command) for command in commands if not command.startswith(ELSEWHERE))
        done = self._run(script)
        assert done.returncode == 0, f"{script}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
        return done.stdout

    def refuses(self, command: str) -> str:
        """Run a command that must not end well."""
        done = self._run(command)
        assert done.returncode != 0, done.stdout
        return done.stdout + done.stderr

    def _run(self, script: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-eu", "-o", "pipefail", "-c", script],
            cwd=self._project.folder,
            env=self._variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    def _named(self, command: str) -> str:
        """Put the stack's own names where the page has examples of them, and what else is each person's own."""
        for example, own in EXAMPLES.items():
            command = command.replace(example, own)
        return PLACEHOLDER.sub(lambda found: self.names[found[1]], command)

    def output(self, name: str) -> str:
        return self.runs([f"pulumi stack output {name}"]).strip()

    def buckets(self) -> list[str]:
        return [bucket["Name"] for bucket in self.aws.s3.list_buckets()["Buckets"]]

    def keys(self) -> list[str]:
        listed = self.aws.s3.list_objects_v2(Bucket=self.output("originals_bucket"))
        return [entry["Key"] for entry in listed.get("Contents", [])]


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory, plugins: Mapping[str, str]) -> Iterator[Walk]:
    folder: Path = tmp_path_factory.mktemp("walk")
    with project(folder / "project", plugins, REGION) as running:
        yield Walk(running)


def lives(walk: Walk) -> None:
    """The library that counts is there, gets a photo, and is not destroyed by itself."""
    assert len(walk.buckets()) == 2
    walk.aws.s3.put_object(Bucket=walk.output("originals_bucket"), Key=KEY, Body=b"a photo")
    refused = " ".join(walk.refuses("pulumi destroy").split())
    assert "cannot be deleted because it is protected. To unprotect the resource, either remove the" in refused


def has_a_user_with_a_way_in(walk: Walk) -> None:
    (user,) = walk.aws.client("cognito-idp").list_users(UserPoolId=walk.output("user_pool"))["Users"]
    # Without an address to send a password to, one has to be set.
    mailed = {"Name": "email", "Value": "you@example.com"} in user["Attributes"]
    assert mailed or user["UserStatus"] == "CONFIRMED"
    walk.aws.client("cognito-idp").admin_delete_user(UserPoolId=walk.output("user_pool"), Username="you")


def keeps_its_users(walk: Walk) -> None:
    pools = [pool["Name"] for pool in walk.aws.cognito.list_user_pools(MaxResults=60)["UserPools"]]
    assert any(name.startswith("safelight-photos-users") for name in pools)


def uses_the_restored_index(walk: Walk) -> None:
    index = walk.output("index_table")
    assert index.endswith("-restored")
    functions = walk.aws.client("lambda").list_functions()["Functions"]
    worker = next(each for each in functions if each["FunctionName"].startswith("safelight-photos-worker"))
    assert worker["Environment"]["Variables"]["TABLE"] == index
    walk.names["index"] = index


def is_whole_again(walk: Walk) -> None:
    assert walk.keys() == [KEY]
    walk.names.update({part: walk.output(f"{part}_bucket") for part in ("originals", "renditions")})


def has_adopted(walk: Walk) -> None:
    assert walk.keys() == [KEY]
    assert walk.output("index_table") == walk.names["index"]


def is_gone(walk: Walk) -> None:
    assert [name for name in walk.buckets() if "photos" in name] == []


# What must hold after the block in which a command begins so.
THEN: dict[str, Callable[[Walk], None]] = {
    "cp Pulumi.prod.yaml": lives,
    "aws cognito-idp admin-create-user": has_a_user_with_a_way_in,
    "pulumi config set safelight:keepUsers": keeps_its_users,
    "aws dynamodb restore-table": uses_the_restored_index,
    "pulumi destroy --exclude-protected": is_whole_again,
    "pulumi config set safelight:adoptIndex": has_adopted,
    "pulumi config set safelight:forceDestroy": is_gone,
}


def test_every_command_of_the_page_does_what_it_says(walk: Walk) -> None:
    held = set()
    for block in blocks(PAGE):
        walk.runs(block)
        for beginning, holds in THEN.items():
            if any(command.startswith(beginning) for command in block):
                holds(walk)
                held.add(beginning)
    assert held == THEN.keys()


def test_git_tracks_the_shipped_settings_alone(tmp_path: Path) -> None:
    """Pulumi writes into a stack's settings: where git tracked them, the next pull would refuse."""
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (tmp_path / ".gitignore").write_text((ROOT / ".gitignore").read_text())
    names = [f"Pulumi.{name}.yaml" for name in ("dev", "prod", "trial", "photos")]
    found = subprocess.run(
        ["git", "check-ignore", "Pulumi.yaml", *names], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert found.stdout.split() == ["Pulumi.trial.yaml", "Pulumi.photos.yaml"]
    made = {word for block in blocks(PAGE) for line in block for word in re.findall(r"stack init (\w+)", line)}
    assert made == {"photos"}


def test_the_readme_has_no_other_way_in() -> None:
    page = {plain(command) for block in blocks(PAGE) for command in block}
    ours = [plain(command) for block in blocks(ROOT / "README.md") for command in block]
    assert {command for command in ours if command.startswith(("pulumi ", "cp ", "aws cognito-idp"))} <= page


def plain(command: str) -> str:
    """The command without its comment, and with single spaces."""
    return " ".join(re.sub(r"\s#\s.*", "", command).split())
