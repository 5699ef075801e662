"""The page of settings is the code's."""

from docs.settings import PAGE, page


def test_the_page_of_settings_is_the_codes() -> None:
    assert PAGE.read_text() == page(), "write it again: make docs"
