"""How the gallery loads: nothing is lost while it looks for changes, an idle page is quiet, and failures are shown."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Response, expect

from function.index.keys import photo_id
from local.library.library import Library
from tests.gallery.conftest import sign_in
from tests.gallery.fake_api import FakeApi, photo

LIBRARY, FIRST_PAGE = 1500, 200


@pytest.fixture
def api() -> FakeApi:
    return FakeApi([photo(number) for number in range(1, LIBRARY + 1)])


@pytest.fixture
def long(page: Page, shown: Library, api: FakeApi) -> Iterator[Page]:
    """The gallery, signed in, with a library of many photos."""
    api.serve(page)
    sign_in(page, shown.credentials.user, shown.credentials.password)
    expect(page.locator(".tile").nth(FIRST_PAGE - 1)).to_be_attached()
    yield page
    page.unroute_all(behavior="ignoreErrors")


def loaded(page: Page) -> list[str]:
    ids: list[str] = page.locator(".tile").evaluate_all("tiles => tiles.map(tile => tile.dataset.id)")
    return ids


def hold_end(page: Page) -> None:
    """Keep the page at its end, in each frame, as the End key does while it is held."""
    page.evaluate(
        """() => {
            const scroll = () => {
                scrollTo(0, document.documentElement.scrollHeight);
                requestAnimationFrame(scroll);
            };
            scroll();
        }"""
    )


def test_every_page_is_loaded_while_the_end_key_is_held_and_new_photos_arrive(long: Page, api: FakeApi) -> None:
    api.seconds = 0.05
    hold_end(long)
    for number in range(5):
        # Its id sorts before all others, as its time does.
        api.photos.insert(0, {**photo(-number), "id": f"photo-0000/{9 - number}"})
        long.wait_for_timeout(400)
    expect(long.locator(".tile")).to_have_count(len(api.photos), timeout=60_000)
    assert loaded(long) == [each["id"] for each in api.photos]


def test_a_page_that_cannot_be_loaded_is_named_and_can_be_loaded_again(long: Page, api: FakeApi) -> None:
    api.failing = True
    notice = long.locator('[role="alert"]', has_text="More photos could not be loaded")
    hold_end(long)
    expect(notice).to_be_visible()
    api.failing = False
    # By its event: the page may have tried again by itself, and then the button is gone.
    notice.locator("button", has_text="Try again").dispatch_event("click")
    expect(long.locator(".tile").nth(2 * FIRST_PAGE - 1)).to_be_attached()
    expect(notice).to_be_hidden()


def test_an_idle_page_asks_for_little_and_a_hidden_one_for_nothing(gallery: Page) -> None:
    heard: list[Response] = []
    gallery.wait_for_timeout(4000)  # the last photos are settled
    gallery.on("response", lambda answer: heard.append(answer) if "/photos?" in answer.url else None)
    gallery.wait_for_timeout(12_000)
    assert heard
    assert {answer.status for answer in heard} == {304}
    _set_hidden(gallery, "true")
    gallery.wait_for_timeout(500)
    heard.clear()
    gallery.wait_for_timeout(12_000)
    assert len(heard) <= 4  # a look that had begun
    heard.clear()
    gallery.wait_for_timeout(10_000)
    assert not heard
    _set_hidden(gallery, "false")
    gallery.wait_for_timeout(2000)
    assert heard


def _set_hidden(page: Page, hidden: str) -> None:
    page.evaluate(
        f"""() => {{
            Object.defineProperty(document, "hidden", {{ configurable: true, get: () => {hidden} }});
            document.dispatchEvent(new Event("visibilitychange"));
        }}"""
    )


def test_an_address_that_expires_is_renewed_each_time(gallery: Page) -> None:
    image = gallery.locator(f'[data-id="{photo_id("2025/IMG_0415.jpg")}"] img')
    image.scroll_into_view_if_needed()
    expect(image).to_have_class("loaded")
    for _ in range(3):
        gallery.evaluate("() => { const now = Date.now; Date.now = () => now() + 60_000; }")
        image.evaluate("image => { image.srcset = '/gallery/expired.png 4000w'; }")
        expect(image).to_have_attribute("srcset", re.compile("IMG_0415"))
        assert image.evaluate("image => image.decode().then(() => image.naturalWidth)")


def test_placeholders_lie_exactly_below_their_tiles(gallery: Page) -> None:
    gallery.set_viewport_size({"width": 1280, "height": 2400})
    boxes = gallery.locator(".tile:has(.placeholder)").evaluate_all(
        """tiles => tiles.map(tile => [tile, tile.querySelector(".placeholder")].map(element => {
            const { left, top, width, height } = element.getBoundingClientRect();
            return [left, top, width, height].map(Math.round);
        }))"""
    )
    assert boxes
    assert all(tile == placeholder for tile, placeholder in boxes)


@pytest.mark.parametrize("group", ["City", "On this day"])
def test_a_list_of_values_that_cannot_be_loaded_is_named(gallery: Page, group: str) -> None:
    term = {"City": "city", "On this day": "on"}[group]
    gallery.route(f"**/facets/{term}?*", lambda route: route.fulfill(status=502, body="Bad Gateway"))
    gallery.get_by_role("link", name="Browse").click()
    section = gallery.locator(".browse section", has=gallery.get_by_role("heading", name=group, exact=True))
    expect(section.get_by_role("alert")).to_contain_text("could not be loaded")
    gallery.unroute_all()
    section.get_by_role("button", name="Try again").click()
    expect(section.get_by_role("link").first).to_be_visible()
    expect(section.get_by_role("alert")).to_be_hidden()


def test_a_history_that_cannot_be_loaded_is_named(gallery: Page) -> None:
    identifier = photo_id("2025/IMG_0415.jpg")
    gallery.route(f"**/photos/{identifier}", lambda route: route.fulfill(status=502, body="Bad Gateway"))
    gallery.locator(f'[data-id="{identifier}"]').click()
    gallery.keyboard.press("i")
    notice = gallery.locator("aside").get_by_role("alert")
    expect(notice).to_contain_text("could not be loaded")
    gallery.unroute_all()
    notice.get_by_role("button", name="Try again").click()
    expect(gallery.locator("aside .history")).to_be_visible()
    expect(notice).to_have_count(0)
