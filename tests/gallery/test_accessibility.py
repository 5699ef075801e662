"""The gallery for those who hear it: axe finds nothing, and names tell what a photo shows."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from function.index.keys import photo_id

Violations = Callable[[Page], list[str]]


@pytest.fixture
def violations(tools: Path) -> Violations:
    """The rules of axe that a page breaks now, each with the first element that breaks it."""
    axe = (tools / "axe-core" / "axe.min.js").read_text()

    def find(page: Page) -> list[str]:
        page.evaluate(axe)
        found: dict[str, Any] = page.evaluate("() => axe.run()")
        return [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found["violations"]]

    return find


def test_the_sign_in_breaks_no_rule(page: Page, violations: Violations) -> None:
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_grid_breaks_no_rule(gallery: Page, scheme: Any, violations: Violations) -> None:
    gallery.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    assert violations(gallery) == []


@pytest.mark.parametrize("place", ["Browse", "Favourites", "files cannot be shown"])
def test_the_other_views_break_no_rule(gallery: Page, place: str, violations: Violations) -> None:
    gallery.get_by_role("link", name=re.compile(place)).click()
    expect(gallery.get_by_role("heading", level=1)).to_be_visible()
    assert violations(gallery) == []


def test_the_viewer_breaks_no_rule(gallery: Page, violations: Violations) -> None:
    gallery.locator(".tile").first.click()
    gallery.keyboard.press("i")
    expect(gallery.locator("aside .history")).to_be_visible()
    assert violations(gallery) == []


def test_the_grid_has_one_heading_and_each_day_reads_apart_from_its_count(gallery: Page) -> None:
    expect(gallery.get_by_role("heading", level=1, name="All photos")).to_have_count(1)
    name = re.compile(r"^Sunday,? 8 March 2026, \d+ photos$")
    expect(gallery.get_by_role("heading", level=2, name=name)).to_have_count(1)


def test_a_tile_is_named_by_its_day_too(gallery: Page) -> None:
    tile = gallery.locator(f'.tile[data-id="{photo_id("2025/panorama.jpg")}"]')
    expect(tile).to_have_accessible_name(re.compile(r"panorama\.jpg, \w+,? \d+ \w+ \d{4}"))


def test_the_details_button_says_whether_the_details_are_open(gallery: Page) -> None:
    gallery.locator(".tile").first.click()
    button = gallery.get_by_role("button", name="Details")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    gallery.keyboard.press("i")
    expect(button).to_have_attribute("aria-expanded", "false")
