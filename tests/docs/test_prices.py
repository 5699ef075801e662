"""The prices in docs/deploy.md are what the program prints."""

import re

import pytest

from bench.markdown import ROOT
from cost.estimate import estimate
from cost.prices import load
from cost.usage import Library

PAGE = (ROOT / "docs" / "deploy.md").read_text()
ROWS = re.findall(r"^\| ([\d,]+) photos of (\d+) MB \| `(\w+)` \| (\S+) \| (\S+) \|$", PAGE, re.MULTILINE)


def dollars(library: Library) -> tuple[str, str]:
    estimated = estimate(library, load())
    once, monthly = (sum(line.dollars for line in lines) for lines in (estimated.once, estimated.monthly))
    return f"${once:,.2f}", f"${monthly:,.2f}"


@pytest.mark.parametrize(("photos", "size", "storage", "once", "monthly"), ROWS)
def test_the_page_has_the_prices_of_the_program(photos: str, size: str, storage: str, once: str, monthly: str) -> None:
    library = Library(int(photos.replace(",", "")), float(size), storage)
    assert dollars(library) == (once, monthly)


def test_the_page_has_several_libraries_and_an_empty_one() -> None:
    assert len(ROWS) == 3
    assert f"| no photos yet | | | {dollars(Library(0, 1))[1]} |" in PAGE


def test_the_page_has_the_price_of_a_large_library_with_labels() -> None:
    library = Library(50_000, 25, rekognition=True)
    assert f"takes {library.labelling_months} months" in PAGE
