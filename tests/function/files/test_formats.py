"""The table of formats is whole: each row can be reached, and each rendered one has its decoder."""

from collections import Counter
from importlib.util import find_spec

import pytest

from function.files.formats import FORMATS, Format, Treatment, is_likely_photo, is_likely_raw
from function.files.identify import identify
from function.files.signatures import Signature
from function.imaging import formats

RENDERED = [row for row in FORMATS if row.treatment == Treatment.RENDERED]
SIGNED = [(row, signature) for row in FORMATS for signature in row.signatures]


def head(signature: Signature) -> bytes:
    """The least file with this signature."""
    return signature.start.ljust(signature.at, b"\x01") + signature.magic


@pytest.mark.parametrize(("row", "signature"), SIGNED, ids=[f"{row.name} {one.magic!r}" for row, one in SIGNED])
def test_no_row_hides_a_signature_behind_it(row: Format, signature: Signature) -> None:
    assert identify(head(signature)).format == row


@pytest.mark.parametrize("row", RENDERED, ids=[row.name for row in RENDERED])
def test_a_rendered_format_has_a_module_and_its_words_for_the_page(row: Format) -> None:
    assert find_spec(f"{formats.__name__}.{row.decoder}")
    assert row.decoder
    assert row.library
    assert row.shown
    assert row.extensions
    assert row.signatures or row.brands


def test_a_name_an_extension_and_a_brand_stand_in_one_row() -> None:
    for kind in (
        [row.name for row in FORMATS],
        [extension for row in FORMATS for extension in row.extensions],
        [brand.code for row in FORMATS for brand in row.brands],
    ):
        assert [found for found, count in Counter(kind).items() if count > 1] == []


@pytest.mark.parametrize(
    ("key", "photo", "raw"),
    [
        ("2006/IMG_1.JPG", True, False),
        ("a.b/IMG_1.nef", True, True),
        ("logo.eps", True, False),
        ("clip.mp4", False, False),
        ("jpg", True, False),
        ("notes", False, False),
    ],
)
def test_a_name_hints_at_the_format(key: str, photo: bool, raw: bool) -> None:
    assert (is_likely_photo(key), is_likely_raw(key)) == (photo, raw)
