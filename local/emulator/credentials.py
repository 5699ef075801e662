"""The keys to a library on this machine, made once and kept in its folder, readable by its owner alone."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path


class CredentialsError(Exception):
    """The file of credentials cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Credentials:
    """The root keys of the embedded AWS, for S3 clients, and the gallery's user."""

    access_key: str
    secret_key: str
    user: str
    password: str


def path(folder: Path) -> Path:
    """Where the folder's credentials are kept."""
    return folder / "credentials.json"


def ensure(folder: Path) -> Credentials:
    """Return the folder's credentials, made when there are none yet. Raises CredentialsError where they are damaged."""
    if path(folder).exists():
        return _read(path(folder))
    made = Credentials(
        access_key="AKIA" + secrets.token_hex(8).upper(),
        secret_key=secrets.token_urlsafe(30),
        user="owner",
        password=f"{secrets.token_urlsafe(12)}-Aa1",  # the last part satisfies any pool's rules
    )
    folder.mkdir(parents=True, exist_ok=True)
    # A run that is killed while it writes leaves no half file under the name that counts.
    draft = path(folder).with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(asdict(made), file)
    draft.replace(path(folder))
    return made


def _read(file: Path) -> Credentials:
    try:
        return Credentials(**json.loads(file.read_text()))
    except (ValueError, TypeError):
        raise CredentialsError(f"{file} is damaged; put a copy of it back, or give another library as DATA=") from None
