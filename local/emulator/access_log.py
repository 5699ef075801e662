"""What the embedded AWS decided about each call, as lines of JSON: a proof needs every call of a full run."""

import json
import threading
from pathlib import Path
from typing import Any

from ministack.core import iam_evaluator
from ministack.core.responses import get_account_id


def record(path: Path) -> None:
    """Write each decision, as it is made, to the end of the file: who called what on what, and whether they might."""
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
    """Who has the key; nobody, where a call is not signed or the key is none."""
    principal = iam_evaluator.resolve_principal(access_key, get_account_id()) if access_key else None
    return getattr(principal, "arn", "")
