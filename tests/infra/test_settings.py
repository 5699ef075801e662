"""The configuration: what it takes, and what it says about what it does not take."""

from typing import Any

import pulumi
import pytest

from infra.settings import ConfigurationError, Settings, load, load_or_end
from local import program
from local.recorder import Recorder
from tests.infra.conftest import EVERYTHING
from tests.infra.engine.naming import with_defaults


def configured(**changes: Any) -> Settings:
    return program.configure("dev", {f"safelight:{key}": value for key, value in changes.items()})


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_the_stacks_that_are_shipped_are_valid(stack: str) -> None:
    assert program.configure(stack, {}).region


@pytest.mark.parametrize(
    ("key", "value", "takes"),
    [
        ("workerMemory", 64, "a whole number from 512 to 10240"),
        ("workerMemory", "much", "a whole number from 512 to 10240"),
        ("workerMemory", True, "a whole number from 512 to 10240"),
        ("forceDestroy", "perhaps", "true or false"),
        ("logRetentionDays", 8, "one of 1, 3, 5, 7"),
        ("architecture", "riscv", "one of arm64, x86_64"),
        ("originalsPrefix", "/originals", "a folder's name with a slash behind it"),
        ("inboxPattern", "{year}/{month}", "a place such as {year}/{month}/{day}/{name}"),
        ("inboxPattern", "{camera}/{name}", "a place such as {year}/{month}/{day}/{name}"),
        ("inboxPattern", 7, "a place such as {year}/{month}/{day}/{name}"),
        ("archiveClass", "ATTIC", "one of STANDARD_IA"),
        ("issuer", "http://id.example.com", "an address that begins with https://"),
        ("maximumConcurrency", 1, "a whole number from 2 to 1000"),
        ("alarmEmail", "owner", "an e-mail address"),
        ("monthlyBudgetUsd", 0, "a whole number from 1 to 1000000"),
        ("imageUri", "registry.example.com/functions:latest", "an image by its digest"),
        ("renditions", [], "a list of renditions"),
        ("renditions", [{"size": 2048, "format": "bmp"}], "as format one of jpeg, webp, avif, not 'bmp'"),
        ("renditions", [{"size": 2048}, {"size": 2048}], "each size once"),
        ("renditions", [{"size": 2048, "colour": "red"}], "and nothing else"),
    ],
)
def test_a_wrong_value_is_named_with_what_it_got_and_what_it_takes(key: str, value: Any, takes: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        configured(**{key: value})
    assert f"safelight:{key} is " in str(refused.value)
    assert takes in str(refused.value)


@pytest.mark.parametrize(
    "looks_like", ["165391939328123457", "20240131", "1.5e3", "true", "null", "[1]", '{"a": 1}', '"q"']
)
def test_a_text_stays_what_it_is_whatever_it_looks_like(looks_like: str) -> None:
    texts = ("audience", "adoptOriginals", "adoptRenditions", "adoptIndex")
    settings = configured(issuer="https://id.example.com", **dict.fromkeys(texts, looks_like))
    found = (settings.audience, settings.adopt_originals, settings.adopt_renditions, settings.adopt_index)
    assert found == (looks_like,) * 4


def named(stack: str, project: str = "safelight") -> Settings:
    """The settings of a stack with this name, with what dev has."""
    configured()
    pulumi.runtime.configure(pulumi.runtime.Settings(project=project, stack=stack))
    return load()


@pytest.mark.parametrize("stack", ["dev", "a", "7", "my-photos-2024", "a" * 22])
def test_a_stacks_name_that_every_service_takes_is_taken(stack: str) -> None:
    assert named(stack).region


@pytest.mark.parametrize(
    "stack",
    ["My_Photos", "a" * 23, "photos.eu", "-photos", "photos-", "my--photos", "photos\n", "Fotos", "fotós", "a b"],
)
def test_a_stacks_name_that_a_service_refuses_is_refused_first(stack: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        named(stack)
    assert repr(stack) in str(refused.value)
    assert "up to 22 lower-case letters and digits, with single hyphens" in str(refused.value)


def test_a_longer_name_of_the_project_leaves_the_stacks_less() -> None:
    with pytest.raises(ConfigurationError, match="up to 15 "):
        named("a" * 22, project="safelight-photos")


def test_every_name_of_the_longest_stack_is_one_that_aws_takes() -> None:
    longest = "a" * 22
    declared = program.run("dev", Recorder(), changes=EVERYTHING)
    for resource in declared.resources:
        with_defaults(resource.type, resource.name.replace("-dev", f"-{longest}", 1), "eu-west-1", {}, {})


def test_a_wrong_configuration_ends_the_program_after_its_own_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    configured()
    pulumi.runtime.set_all_config({"aws:region": "eu-west-1", "safelight:workerMemory": "1"})
    shown: list[str] = []
    monkeypatch.setattr(pulumi.log, "error", shown.append)
    with pytest.raises(SystemExit) as ended:
        load_or_end()
    assert ended.value.code == 32
    assert "safelight:workerMemory is '1'" in shown[0]


def test_all_faults_are_reported_at_once() -> None:
    with pytest.raises(ConfigurationError) as refused:
        configured(workerMemory=1, apiMemory=1, rekogniton=True)
    assert all(key in str(refused.value) for key in ("workerMemory", "apiMemory", "rekogniton is no setting"))


def test_a_missing_region_is_named() -> None:
    with pytest.raises(ConfigurationError, match="aws:region"):
        program.configure("dev", {"aws:region": ""})


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://id.example.com"},
        {"audience": "photos"},
        {"monthlyBudgetUsd": 20},
        {"archiveClass": "STANDARD_IA", "archiveAfterDays": 7},
        {"inboxPrefix": "originals/inbox/"},
    ],
)
def test_settings_that_do_not_go_together_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError):
        configured(**changes)


def test_renditions_are_sorted_largest_first_and_have_defaults() -> None:
    recipe = configured(renditions=[{"size": 300}, {"size": 900, "quality": 70, "format": "webp"}]).renditions
    assert [(spec.size, spec.quality, spec.format) for spec in recipe] == [(900, 70, "webp"), (300, 80, "jpeg")]
