"""Reads the stack's configuration, typed and validated; the sole reader of `pulumi.Config`."""

import json
import re
import sys
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any

import pulumi
from pulumi.runtime.config import CONFIG, get_config_env

from function.contract.recipe import Recipe
from infra.options import (
    Check,
    Option,
    RefusedError,
    email,
    flag,
    https_url,
    image_digest,
    inbox_pattern,
    number,
    one_of,
    optional,
    prefix,
    text,
)
from infra.recipe import DEFAULT_RECIPE, recipe

LOG_RETENTIONS = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288)
# From a storage class to the fewest days after which S3 moves an object to it.
COLDER_CLASSES = {"STANDARD_IA": 30, "INTELLIGENT_TIERING": 0, "GLACIER_IR": 0, "GLACIER": 0, "DEEP_ARCHIVE": 0}


TEXTS = (str, str | None)
# Names in AWS begin with those of project and stack; AWS limits the longest, a role's, to 64 characters.
LONGEST_NAME = 32
# After this exit code, Pulumi's language host adds no error of its own.
ERROR_SHOWN = 32
STACK_NAME = r"[a-z0-9]+(-[a-z0-9]+)*"


class ConfigurationError(pulumi.RunError):
    """The stack's configuration has invalid values; the message names every one.

    A RunError, because `pulumi up` shows its message alone, without a stack trace.
    """


def option(default: Any, check: Check, help_text: str) -> Any:
    """Declare a field of Settings with its default, its check and its help."""
    return field(default=default, metadata={"option": Option(check, help_text)})


@dataclass(frozen=True)
class Settings:
    """The settings of a stack; in `Pulumi.<stack>.yaml` each is `safelight:` followed by its camelCase name."""

    region: str = option(MISSING, text, "the AWS region, as aws:region")
    force_destroy: bool = option(
        False, flag, "let `pulumi destroy` remove everything, every version of every photo too"
    )
    log_retention_days: int = option(30, one_of(LOG_RETENTIONS), "days that logs are kept")
    renditions: Recipe = option(DEFAULT_RECIPE, recipe, "sizes, quality and format of the renditions")
    originals_prefix: str = option("originals/", prefix, "the prefix below which photos stay where they are uploaded")
    inbox_prefix: str = option("inbox/", prefix, "the prefix from which photos are moved, by their capture date")
    inbox_pattern: str = option(
        "{year}/{month}/{day}/{name}", inbox_pattern, "the place below originalsPrefix that they are moved to"
    )
    archive_class: str | None = option(
        None, optional(one_of(COLDER_CLASSES)), "the cheaper storage class that old originals move to"
    )
    archive_after_days: int = option(90, number(0, 3650), "days after which originals move to that class")
    trash_days: int = option(30, number(1, 3650), "days for which a deleted or replaced original can be brought back")
    architecture: str = option("arm64", one_of(("arm64", "x86_64")), "the processor that the functions run on")
    worker_memory: int = option(2048, number(512, 10240), "memory of the worker function in MB")
    worker_timeout: int = option(120, number(30, 900), "seconds that the worker has for one batch")
    api_memory: int = option(512, number(256, 10240), "memory of the api function in MB")
    batch_size: int = option(10, number(1, 10), "photos per call of the worker")
    maximum_concurrency: int = option(10, number(2, 1000), "workers at the same time")
    maximum_receives: int = option(3, number(1, 100), "tries of a message before it goes to the dead-letter queue")
    signed_url_seconds: int = option(
        3600, number(60, 43200), "seconds for which a signed address of a rendition is valid"
    )
    rekognition: bool = option(False, flag, "let Rekognition label photos with what they show")
    rekognition_monthly_images: int = option(
        5000,
        number(1, 10_000_000),
        "photos that Rekognition labels in a month, each for about a tenth of a cent; the others wait",
    )
    postscript: bool = option(False, flag, "render EPS and PostScript, with Ghostscript in a function without network")
    deletion_protection: bool = option(True, flag, "let AWS refuse to delete the table and the user pool")
    issuer: str | None = option(None, optional(https_url), "an OIDC issuer instead of the stack's own user pool")
    audience: str | None = option(None, optional(text), "the client id or audience in that issuer's tokens")
    keep_users: bool = option(False, flag, "keep the stack's own user pool and its users when `issuer` takes its place")
    tracing: bool = option(False, flag, "trace the functions' calls with X-Ray")
    alarm_email: str | None = option(None, optional(email), "the e-mail address that alarms are sent to")
    monthly_budget_usd: int | None = option(
        None,
        optional(number(1, 1_000_000)),
        "the account's monthly costs in US dollars above which alarmEmail gets a message",
    )
    image_uri: str | None = option(
        None, optional(image_digest), "an image of the functions that was built elsewhere, by its digest"
    )
    adopt_originals: str | None = option(None, optional(text), "the originals bucket of a removed stack, to go on with")
    adopt_renditions: str | None = option(
        None, optional(text), "the renditions bucket of a removed stack, to go on with"
    )
    adopt_index: str | None = option(None, optional(text), "the index table of a removed stack, to go on with")

    @property
    def protected(self) -> bool:
        """Tell whether Pulumi refuses to delete or to replace resources with photos or users."""
        return not self.force_destroy

    @property
    def deletion_protected(self) -> bool:
        """Tell whether AWS refuses it too; `force_destroy` overrides this."""
        return self.deletion_protection and not self.force_destroy

    def cross_checks(self) -> list[str]:
        """Return the errors of settings that are valid alone and not together."""
        faults = []
        if (self.issuer is None) != (self.audience is None):
            faults.append("safelight:issuer and safelight:audience: give both, or neither for the stack's own pool")
        if self.archive_class and self.archive_after_days < COLDER_CLASSES[self.archive_class]:
            fewest = COLDER_CLASSES[self.archive_class]
            faults.append(f"safelight:archiveAfterDays: {self.archive_class} takes at least {fewest} days")
        if self.originals_prefix.startswith(self.inbox_prefix) or self.inbox_prefix.startswith(self.originals_prefix):
            faults.append("safelight:originalsPrefix and safelight:inboxPrefix: neither may lie within the other")
        if self.monthly_budget_usd and not self.alarm_email:
            faults.append("safelight:monthlyBudgetUsd: give safelight:alarmEmail too, the address that is told of it")
        return faults


def load_or_end() -> Settings:
    """Load the settings; if they are invalid, show the errors and end the program without a stack trace."""
    try:
        return load()
    except ConfigurationError as error:
        pulumi.log.error(str(error))
        sys.exit(ERROR_SHOWN)


def load() -> Settings:
    """Load the settings of the current stack. Raises ConfigurationError with every invalid value."""
    settings_by_key = {key(f): f for f in fields(Settings)}
    given, faults = {}, [*_check_stack_name(), *_check_keys(settings_by_key)]
    for name, setting in settings_by_key.items():
        try:
            value = _read(name, setting)
        except RefusedError as refused:
            faults.append(str(refused))
        else:
            if value is not MISSING:
                given[setting.name] = value
    if not faults:
        settings = Settings(**given)
        faults = settings.cross_checks()
    if faults:
        raise ConfigurationError("The stack's configuration has to change first:\n  " + "\n  ".join(faults))
    return settings


def _check_stack_name() -> list[str]:
    """Check the stack's name by AWS's rules for buckets, repositories and roles. Returns the fault, if there is one."""
    stack = pulumi.get_stack()
    most = LONGEST_NAME - len(f"{pulumi.get_project()}-")
    if re.fullmatch(STACK_NAME, stack) and len(stack) <= most:
        return []
    takes = f"up to {most} lower-case letters and digits, with single hyphens between them"
    return [f"the stack's name is {stack!r}; it takes {takes} (choose it with `pulumi stack init`)"]


def key(setting: Field[Any]) -> str:
    """Return the setting's key in the configuration, such as `safelight:trashDays`."""
    if setting.name == "region":
        return "aws:region"
    head, *rest = setting.name.split("_")
    return "safelight:" + head + "".join(map(str.capitalize, rest))


def _read(key: str, setting: Field[Any]) -> Any:
    namespace, name = key.split(":")
    raw = pulumi.Config(namespace).get(name)
    option: Option = setting.metadata["option"]
    if raw is None:
        if setting.default is MISSING:
            raise RefusedError(f"{key} is missing; it takes {option.help}")
        return MISSING
    try:
        return option.check(raw if setting.type in TEXTS else _parse(raw))
    except RefusedError as refused:
        raise RefusedError(f"{key} is {raw!r}; it takes {refused} ({option.help})") from None


def _parse(raw: str) -> Any:
    # Pulumi returns every value as text; numbers, flags and lists are JSON in it.
    try:
        return json.loads(raw)
    except ValueError:
        return raw


def _check_keys(settings_by_key: dict[str, Field[Any]]) -> list[str]:
    given = {*CONFIG.get(), *get_config_env()}
    unknown_keys = [key for key in sorted(given) if key.startswith("safelight:") and key not in settings_by_key]
    return [f"{key} is no setting; there are {', '.join(sorted(settings_by_key))}" for key in unknown_keys]
