"""Reads the configuration of another S3-compatible store from environment variables, which make passes on."""

from collections.abc import Mapping
from dataclasses import dataclass

from function.contract.environment import Variable
from function.settings import settings
from local.emulator.clients import Aws
from local.emulator.process import HOST, StartError

# Variables with the names of existing buckets to use.
ORIGINALS, RENDITIONS = "S3_ORIGINALS", "S3_RENDITIONS"
# Variables with the address for the store's webhook, and the ARN that the store's notifications have for it.
EVENTS, TARGET = "S3_EVENTS", "S3_TARGET"


@dataclass(frozen=True)
class StoreConfig:
    """A store: its client settings, existing buckets by their Pulumi setting, and its notifications."""

    aws: Aws
    adopted: Mapping[str, str]
    listen: tuple[str, int] | None = None
    target: str | None = None

    @property
    def variables(self) -> dict[str, str]:
        """Return the functions' environment variables for the store."""
        return {
            Variable.S3_ENDPOINT: self.aws.endpoint,
            Variable.S3_REGION: self.aws.region,
            Variable.S3_ACCESS_KEY: self.aws.access_key,
            Variable.S3_SECRET_KEY: self.aws.secret_key,
        }


def store_config(environment: Mapping[str, str]) -> StoreConfig | None:
    """Return the store that the environment configures, or None. Raises SettingsError or StartError."""
    store = settings.store(environment)
    if not store:
        return None
    names = {"safelight:adoptOriginals": ORIGINALS, "safelight:adoptRenditions": RENDITIONS}
    return StoreConfig(
        aws=Aws(store.endpoint, store.region, store.access_key, store.secret_key),
        adopted={setting: environment[name] for setting, name in names.items() if environment.get(name)},
        listen=_address(environment[EVENTS]) if environment.get(EVENTS) else None,
        target=environment.get(TARGET) or None,
    )


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not (port.isascii() and port.isdigit()):
        raise StartError(f"{EVENTS} is {text!r}; it takes a port of this machine's, or ADDRESS:PORT")
    return host or HOST, int(port)
