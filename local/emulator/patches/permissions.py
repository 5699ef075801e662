"""Asks for the permission that AWS asks for.

AWS authorizes sns:PublishBatch as sns:Publish; MiniStack takes each call's own name for that of its action.
No longer needed when `tests/local/emulator/test_patches.py` passes without it.
"""

from typing import Any

from ministack.core import iam_evaluator

# Calls for which AWS has no action of their own.
AUTHORIZED_AS = {"sns:PublishBatch": "sns:Publish"}


def apply() -> None:
    """Translate the action before it is checked."""
    enforce = iam_evaluator.enforce

    def enforce_by_action(access_key: str, action: str, *where: Any, **more: Any) -> Any:
        return enforce(access_key, AUTHORIZED_AS.get(action, action), *where, **more)

    iam_evaluator.enforce = enforce_by_action
