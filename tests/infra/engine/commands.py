"""Reads the commands out of a page of the documentation: its blocks of `console`, word for word."""

import re
import textwrap
from pathlib import Path

BLOCK = re.compile(r"^( *)```console\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


def blocks(page: Path) -> list[list[str]]:
    """Return the commands of each block of the page; a command that goes on in the next lines is one."""
    return [_commands(textwrap.dedent(found[2])) for found in BLOCK.finditer(page.read_text())]


def _commands(block: str) -> list[str]:
    joined = block.replace("\\\n", " ")
    return [line.removeprefix("$ ") for line in joined.splitlines() if line.startswith("$ ")]
