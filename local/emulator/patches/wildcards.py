"""Lets `*` and `?` in policies and routes match line breaks, as AWS's do.

MiniStack's do not match line breaks, so access to a photo with one in its name is denied in spite of a policy for all
photos: it is retried again and again, and an import waits for it.
No longer needed when `tests/local/emulator/test_patches.py` passes without it.
"""

import re
from functools import lru_cache
from typing import Any

from ministack.core import iam_actions, iam_evaluator

PATTERNS = 4096


def apply() -> None:
    """Compile the patterns of policies, and of the routes from which actions are derived, to match any character."""
    of_policy = iam_evaluator._fnmatch_compile
    of_route = iam_actions._compile_uri

    @lru_cache(PATTERNS)
    def compiled(pattern: str, ignore_case: bool) -> re.Pattern[str]:  # noqa: FBT001 - as MiniStack calls it
        return _across_lines(of_policy(pattern, ignore_case))

    def route(*arguments: Any) -> tuple[re.Pattern[str], int, Any]:
        found, specificity, required = of_route(*arguments)
        return _across_lines(found), specificity, required

    iam_evaluator._fnmatch_compile = compiled
    iam_actions._compile_uri = route


def _across_lines(found: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(found.pattern, found.flags | re.DOTALL)
