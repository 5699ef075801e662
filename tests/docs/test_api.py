"""The reference of the API says what the table of routes and the models say."""

from docs.api import PAGE, example, page
from function.contract.routes import ROUTES, Access, Route


def test_the_page_is_written_from_the_code_as_it_is() -> None:
    assert PAGE.read_text() == page(), "run `make docs`"


def test_each_route_has_an_example() -> None:
    for route in ROUTES:
        assert f"$ {example(route)}\n" in page()


def test_an_example_has_its_method_its_token_and_its_body() -> None:
    route = Route("PATCH /photos/{id}", "photos.annotate", Access.MEMBER, request="AnnotationChanges")
    assert example(route) == (
        'curl -X PATCH "$SAFELIGHT/photos/$ID" -H "Authorization: Bearer $TOKEN" '
        """-d '{"caption": "By the sea", "favourite": true, "albums": ["Summer"]}'"""
    )
    assert example(Route("GET /", "gallery.index_page", Access.PUBLIC)) == 'curl "$SAFELIGHT/"'
