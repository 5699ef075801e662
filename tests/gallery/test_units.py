"""The gallery's unit tests, in Node.js: what its lists, layout and formats compute."""

import re
from pathlib import Path

from image import gallery


def test_the_units_of_the_page_compute_what_they_should(tools: Path) -> None:
    printed = gallery.run_script("test")
    assert len(re.findall(r"\.", printed)) >= 30
