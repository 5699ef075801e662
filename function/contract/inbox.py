"""The pattern by which photos of the inbox get their place among the originals."""

import re
from typing import Final

# What the place of a photo from the inbox is made of: the day when it was taken, its folder in the inbox, its name.
INBOX_FIELDS: Final = ("year", "month", "day", "folder", "name")

INBOX_PATTERN_HELP: Final = "a place such as {year}/{month}/{day}/{name}, of these and {folder}, with {name} at its end"


def is_inbox_pattern(pattern: str) -> bool:
    """Whether photos can be placed by the pattern: it begins with no slash, ends with the name, leaves no folder."""
    fields = "|".join(INBOX_FIELDS)
    filled, steps = re.sub(rf"\{{({fields})\}}", "x", pattern), pattern.split("/")
    return pattern.endswith("{name}") and not set(filled) & set("{}\\") and not {"", ".", ".."} & set(steps)
