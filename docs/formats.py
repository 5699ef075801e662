"""Writes docs/formats.md, the table of formats, from the code: `make docs`."""

from pathlib import Path

from function.files.formats import FORMATS, Treatment

PAGE = Path(__file__).with_suffix(".md")
HEAD = """# The formats

The bytes decide the format, never the name: a JPEG with the name `IMG_1.NEF` is a JPEG. This page is written from the
code by `make docs`.

| format | extensions | decoded by | shown |
|---|---|---|---|
"""
NOT_SHOWN = """
## Files that are not shown

These are recognised, refused with a reason, and listed among the photos that failed: {refused}.
EPS and PostScript are refused unless the stack switches them on, which no stack does by default.

These are skipped without a message, because nothing is wrong with them: {skipped}.
But with a photo's name, such as a text file with the name `IMG_1.jpg`, they are listed among the photos that failed.
System files (`.DS_Store`, `Thumbs.db`, `desktop.ini`, `._*`, `@eaDir/`, `.thumbnails/`) are recognised by name, and
skipped without being read.
"""


def page() -> str:
    """Return the whole page, in Markdown."""
    rows = (
        f"| {row.name} | {' '.join(row.extensions)} | {row.library} | {row.shown} |\n" for row in FORMATS if row.library
    )
    return HEAD + "".join(rows) + NOT_SHOWN.format(refused=_named(Treatment.REFUSED), skipped=_named(Treatment.SKIPPED))


def _named(treatment: Treatment) -> str:
    return ", ".join(row.description for row in FORMATS if row.treatment == treatment)


if __name__ == "__main__":
    PAGE.write_text(page())
