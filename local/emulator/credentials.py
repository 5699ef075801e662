"""Creates the keys to a library once, and keeps them in its folder, readable by its owner alone."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path


class CredentialsError(Exception):
    """The file of credentials cannot be used; the message has the next step."""


@dataclass(frozen=True)
class Credentials:
    """The root user's access keys for S3 clients, and the gallery's user and password."""

    access_key: str
    secret_key: str
    user: str
    password: str


def path(folder: Path) -> Path:
    """Return the path of the folder's credentials."""
    return folder / "credentials.json"


def ensure(folder: Path) -> Credentials:
    """Return the folder's credentials, created if missing. Raises CredentialsError if they are damaged."""
    if path(folder).exists():
        return _read(path(folder))
    made = Credentials(
        access_key="AKIA" + secrets.token_hex(8).upper(),
        secret_key=secrets.token_urlsafe(30),
        user="owner",
        password=f"{secrets.token_urlsafe(12)}-Aa1",  # the last part satisfies any password policy
    )
    folder.mkdir(parents=True, exist_ok=True)
    # Renamed when complete, so that a kill leaves no partial file under this name.
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
