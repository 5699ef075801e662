"""Defines the pattern of the keys that inbox files get among the originals."""

import re
from typing import Final

# The fields of the pattern: the capture date, the file's folder in the inbox, its name.
INBOX_FIELDS: Final = ("year", "month", "day", "folder", "name")

INBOX_PATTERN_HELP: Final = "a place such as {year}/{month}/{day}/{name}, of these and {folder}, with {name} at its end"


def is_inbox_pattern(pattern: str) -> bool:
    """Check a pattern: it starts with no slash, ends with `{name}`, and has no empty, `.` or `..` folder."""
    fields = "|".join(INBOX_FIELDS)
    filled, steps = re.sub(rf"\{{({fields})\}}", "x", pattern), pattern.split("/")
    return pattern.endswith("{name}") and not set(filled) & set("{}\\") and not {"", ".", ".."} & set(steps)
