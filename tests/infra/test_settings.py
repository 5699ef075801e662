"""The configuration: what it takes, and what it says about what it does not take."""

from typing import Any

import pytest

from infra.settings import ConfigurationError, Settings
from local import program


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
