"""Checks the permission that AWS checks.

AWS authorizes sns:PublishBatch as sns:Publish; MiniStack uses each call's own name as its action.
No longer needed when `tests/local/emulator/test_patches.py` passes without it.
"""

from typing import Any

from ministack.core import iam_evaluator

# Calls that AWS authorizes by another call's action.
AUTHORIZED_AS = {"sns:PublishBatch": "sns:Publish"}


def apply() -> None:
    """Translate the action before it is checked."""
    enforce = iam_evaluator.enforce

    def enforce_by_action(access_key: str, action: str, *where: Any, **more: Any) -> Any:
        return enforce(access_key, AUTHORIZED_AS.get(action, action), *where, **more)

    iam_evaluator.enforce = enforce_by_action
