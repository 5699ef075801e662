"""Writes docs/formats.md, the table of formats, from the code: `make docs`."""

from pathlib import Path

from function.files.formats import EXTENSIONS
from function.imaging.formats import FORMATS
from function.imaging.sniff import GUESSES, NO_PHOTOS, REFUSED
from function.service.ingest.postscript import FORMAT

PAGE = Path(__file__).with_suffix(".md")
HEAD = """# The formats

The bytes decide the format, never the name: a JPEG with the name `IMG_1.NEF` is a JPEG. This page is written from the
code by `make docs`.

| format | extensions | decoded by | shown |
|---|---|---|---|
"""
DRAWN = (
    f"| {FORMAT} | {{names}} | Ghostscript | the drawing within its bounding box, "
    "[where the stack switches it on](architecture.md#eps) with `safelight:postscript` |\n"
)
REFUSED_HEAD = """
## Files that are not shown

These are recognised, refused with a reason, and listed among the photos that failed: {refused}.
EPS and PostScript are refused unless the stack switches them on, which no stack does by default.

These are skipped without a message, because nothing is wrong with them: {no_photos}.
But with a photo's name, such as a text file with the name `IMG_1.jpg`, they are listed among the photos that failed.
System files (`.DS_Store`, `Thumbs.db`, `desktop.ini`, `._*`, `@eaDir/`, `.thumbnails/`) are recognised by name, and
skipped without being read.
"""


def page() -> str:
    """Return the whole page, in Markdown."""
    rows = (
        f"| {name} | {' '.join(EXTENSIONS[name])} | {made.library} | {made.shown} |\n" for name, made in FORMATS.items()
    )
    found = dict.fromkeys((*REFUSED, *(name for _, name in GUESSES)))
    refused, no_photos = (", ".join(n for n in found if (n in NO_PHOTOS) == quiet) for quiet in (False, True))
    drawn = DRAWN.format(names=" ".join(EXTENSIONS[FORMAT]))
    return HEAD + "".join(rows) + drawn + REFUSED_HEAD.format(refused=refused, no_photos=no_photos)


if __name__ == "__main__":
    PAGE.write_text(page())
