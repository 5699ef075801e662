"""What the embedded AWS is spared changes nothing of what it answers."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from ministack.core import iam_actions, iam_evaluator
from ministack.services import iam, s3

from local.emulator.patches import folders, permissions, policies, wildcards

BUCKET = "originals"
KEYS = ("2024/a.jpg", "2024/new.jpg", "new/b.jpg", "leads-out", "2024/../a.jpg", "2024/a.jpg/below", "..")


def policy(action: str) -> str:
    return json.dumps({"Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]})


def test_a_policy_is_read_once_and_a_changed_one_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []

    def loads(text: str) -> Any:
        texts.append(text)
        return json.loads(text)

    role = {"InlinePolicies": {"only": policy("s3:GetObject")}}
    monkeypatch.setattr(iam, "_roles", SimpleNamespace(get_scoped=lambda *_: role))
    monkeypatch.setattr(iam_evaluator, "json", SimpleNamespace(**{**vars(json), "loads": loads}))
    monkeypatch.setattr(iam_evaluator, "parse_policy_document", iam_evaluator.parse_policy_document)
    policies.apply()

    def allowed() -> list[str]:
        policies = iam_evaluator._gather_role_policies("worker", "0" * 12)
        return [action for statements in policies for statement in statements for action in statement.actions]

    assert [allowed(), allowed()] == [["s3:GetObject"]] * 2
    role["InlinePolicies"]["only"] = policy("s3:PutObject")
    assert allowed() == ["s3:PutObject"]
    assert texts == [policy("s3:GetObject"), policy("s3:PutObject")]


@pytest.fixture
def objects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a bucket's objects, reached by a link, with an object and a link that leads out of it."""
    bucket = tmp_path / "disk" / ("0" * 12) / BUCKET
    (bucket / "2024").mkdir(parents=True)
    (bucket / "2024" / "a.jpg").write_bytes(b"x")
    (bucket / "leads-out").symlink_to(tmp_path)
    (tmp_path / "objects").symlink_to(tmp_path / "disk")
    monkeypatch.setattr(s3, "DATA_DIR", str(tmp_path / "objects"))
    monkeypatch.setattr(s3, "os", os)
    return bucket


def places() -> list[str | None]:
    """Where each key's object lies, and each of its versions, of a harmless name and of harmful ones."""
    versions = [s3._version_disk_path(BUCKET, key, version) for key in KEYS for version in ("1", "..", "../..")]
    return [*(s3._object_disk_path(BUCKET, key) for key in KEYS), *versions]


def test_objects_lie_where_they_lay(objects: Path) -> None:
    before = places()
    folders.apply()
    assert [places(), places()] == [before, before]
    assert before[0] == str(objects / "2024" / "a.jpg")
    assert None in before


def test_an_object_that_becomes_a_link_is_seen_to_be_one(objects: Path, tmp_path: Path) -> None:
    folders.apply()
    assert s3._object_disk_path(BUCKET, "2024/new.jpg") == str(objects / "2024" / "new.jpg")
    (objects / "2024" / "new.jpg").symlink_to(tmp_path / "elsewhere")
    assert s3._object_disk_path(BUCKET, "2024/new.jpg") != str(objects / "2024" / "new.jpg")


@pytest.mark.usefixtures("objects")
def test_the_way_to_a_folder_is_followed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lstat, looked = os.lstat, []

    def looking(path: Any, **options: Any) -> os.stat_result:
        looked.append(path)
        return lstat(path, **options)

    def looks(ask: Callable[[], object]) -> int:
        looked.clear()
        ask()
        return len(looked)

    monkeypatch.setattr(os, "lstat", looking)
    before = looks(places)
    folders.apply()
    places()
    assert looks(places) < before / 3


def test_announcements_of_a_batch_take_the_permission_to_announce(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(iam_evaluator, "enforce", lambda _key, action, *_where: asked.append(action))
    permissions.apply()
    for action in ("sns:PublishBatch", "sns:Publish", "s3:GetObject"):
        iam_evaluator.enforce("key", action, "any", "us-east-1")
    assert asked == ["sns:Publish", "sns:Publish", "s3:GetObject"]


def test_the_wildcard_of_a_policy_matches_a_name_with_a_line_break(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(iam_evaluator, "_fnmatch_compile", iam_evaluator._fnmatch_compile)
    monkeypatch.setattr(iam_actions, "_compile_uri", iam_actions._compile_uri)
    wildcards.apply()
    assert iam_evaluator.fnmatch_iam("arn:aws:s3:::originals/a\nb.jpg", "arn:aws:s3:::originals/*")
    assert not iam_evaluator.fnmatch_iam("arn:aws:s3:::renditions/a\nb.jpg", "arn:aws:s3:::originals/*")
    assert iam_actions._compile_uri("/{Bucket}/{Key+}")[0].match("/originals/a\nb.jpg")
