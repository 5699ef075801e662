"""The page of formats says what the code does."""

from docs.formats import PAGE, page


def test_the_page_is_written_from_the_code_as_it_is() -> None:
    assert PAGE.read_text() == page(), "run `make docs`"
