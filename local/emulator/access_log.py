"""Logs each authorization decision of the embedded AWS as a line of JSON, so that tests can check every call."""

import json
import threading
from pathlib import Path
from typing import Any

from ministack.core import iam_evaluator
from ministack.core.responses import get_account_id


def record(path: Path) -> None:
    """Append each decision to the file as it is made: caller, action, resource, and the result."""
    enforce, lock = iam_evaluator.enforce, threading.Lock()

    def enforce_and_write(access_key: str, action: str, service: str, region: str, *where: Any, **more: Any) -> Any:
        refused = enforce(access_key, action, service, region, *where, **more)
        resource = where[0] if where else more.get("resource_arn", "*")
        decision = {"caller": _arn(access_key), "action": action, "resource": resource, "allowed": refused is None}
        with lock, path.open("a") as file:
            file.write(json.dumps(decision) + "\n")
        return refused

    iam_evaluator.enforce = enforce_and_write


def _arn(access_key: str) -> str:
    """Return the ARN of the key's owner; empty for an unsigned call or an unknown key."""
    principal = iam_evaluator.resolve_principal(access_key, get_account_id()) if access_key else None
    return getattr(principal, "arn", "")
