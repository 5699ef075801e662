"""Writes docs/formats.md, the table of formats, from the code: `make docs`."""

from pathlib import Path

from function.formats import EXTENSIONS
from function.imaging.formats import FORMATS
from function.imaging.sniff import GUESSES, REFUSED

PAGE = Path(__file__).with_suffix(".md")
HEAD = """# The formats

The bytes decide what a file is, never its name: a JPEG that is called `.NEF` is a JPEG. This page is written from the
code by `make docs`.

| format | names that it goes by | decoded by | what is shown |
|---|---|---|---|
"""
REFUSED_HEAD = """
## What is not taken in

These are recognised, refused with a reason that names them, and shown among the photos that failed: """


def page() -> str:
    """The whole page, in Markdown."""
    rows = (
        f"| {name} | {' '.join(EXTENSIONS[name])} | {made.library} | {made.shown} |\n" for name, made in FORMATS.items()
    )
    refused = [*REFUSED, *(name for _, name in GUESSES if name not in REFUSED)]
    return HEAD + "".join(rows) + REFUSED_HEAD + ", ".join(refused) + ".\n"


if __name__ == "__main__":
    PAGE.write_text(page())
