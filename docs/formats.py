"""Writes docs/formats.md, the table of formats, from the code: `make docs`."""

from pathlib import Path

from function.files.formats import EXTENSIONS
from function.imaging.formats import FORMATS
from function.imaging.sniff import GUESSES, NO_PHOTOS, REFUSED
from function.service.ingest.postscript import FORMAT

PAGE = Path(__file__).with_suffix(".md")
HEAD = """# The formats

The bytes decide what a file is, never its name: a JPEG that is called `.NEF` is a JPEG. This page is written from the
code by `make docs`.

| format | names that it goes by | decoded by | what is shown |
|---|---|---|---|
"""
DRAWN = (
    f"| {FORMAT} | {{names}} | Ghostscript | the drawing within its box, "
    "[where the stack switches it on](architecture.md#eps) with `safelight:postscript` |\n"
)
REFUSED_HEAD = """
## What is not taken in

These are recognised, refused with a reason that names them, and shown among the photos that failed: {refused}.
EPS and PostScript are refused where the stack does not switch their drawing on, which no stack does by itself.

Nothing is wrong with these, so they are passed over quietly, as skipped: {no_photos}.
One that has a photo's name, such as a text file called `IMG_1.jpg`, is shown among what failed: something went wrong.
What systems leave behind by themselves (`.DS_Store`, `Thumbs.db`, `desktop.ini`, `._*`, `@eaDir/`, `.thumbnails/`) is
known by its name, and skipped without being read.
"""


def page() -> str:
    """The whole page, in Markdown."""
    rows = (
        f"| {name} | {' '.join(EXTENSIONS[name])} | {made.library} | {made.shown} |\n" for name, made in FORMATS.items()
    )
    found = dict.fromkeys((*REFUSED, *(name for _, name in GUESSES)))
    refused, no_photos = (", ".join(n for n in found if (n in NO_PHOTOS) == quiet) for quiet in (False, True))
    drawn = DRAWN.format(names=" ".join(EXTENSIONS[FORMAT]))
    return HEAD + "".join(rows) + drawn + REFUSED_HEAD.format(refused=refused, no_photos=no_photos)


if __name__ == "__main__":
    PAGE.write_text(page())
