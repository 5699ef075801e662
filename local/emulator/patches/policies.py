"""Parses each policy's text once.

MiniStack parses the caller's policies twice per request. A changed policy has another text, so it is parsed again.
No longer needed when `tests/local/emulator/test_patches.py` passes without it.
"""

from functools import lru_cache
from typing import Any

from ministack.core import iam_evaluator

POLICIES = 256


def apply() -> None:
    """Cache the parsed statements by the text of the policy."""
    parse = iam_evaluator.parse_policy_document
    of_text = lru_cache(POLICIES)(parse)

    def read(document: str | dict[str, Any]) -> list[Any]:
        return list(of_text(document)) if isinstance(document, str) else parse(document)

    iam_evaluator.parse_policy_document = read
