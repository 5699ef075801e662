"""What its owner writes about a photo, what belongs to it, and the ways into the library, in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from function.index.keys import photo_id
from local.library.library import Library

MARKUP = '<img src=x onerror=alert(1)> "by" the sea'


def open_photo(gallery: Page, key: str) -> Locator:
    """The panel with all that is known of a photo."""
    gallery.locator(f'.tile[data-id="{photo_id(key)}"]').click()
    gallery.keyboard.press("i")
    return gallery.locator("aside")


def test_a_caption_is_written_shown_as_text_and_there_again_the_next_time(gallery: Page) -> None:
    panel = open_photo(gallery, "2025/IMG_0415.jpg")
    panel.get_by_label("Caption").fill(MARKUP)
    # The keys of the viewer are letters in a field; Escape leaves the field alone.
    gallery.keyboard.press("ArrowLeft")
    gallery.keyboard.press("Escape")
    expect(panel.get_by_role("status")).to_have_text("Saved")
    expect(gallery.locator(".stage .caption")).to_have_text(MARKUP)
    assert gallery.locator(".stage .caption img").count() == 0
    gallery.reload()
    expect(gallery.locator(".stage .caption")).to_have_text(MARKUP)
    gallery.keyboard.press("i")
    expect(panel.get_by_label("Caption")).to_have_value(MARKUP)


def test_a_favourite_is_marked_by_a_key_and_listed(gallery: Page) -> None:
    open_photo(gallery, "2025/panorama.jpg")
    star = gallery.get_by_role("button", name="Favourite", exact=True)
    expect(star).to_have_attribute("aria-pressed", "false")
    gallery.keyboard.press("f")
    expect(star).to_have_attribute("aria-pressed", "true")
    gallery.keyboard.press("Escape")
    tile = gallery.locator(f'.tile[data-id="{photo_id("2025/panorama.jpg")}"]')
    expect(tile.locator(".star")).to_be_visible()
    gallery.get_by_role("link", name="Favourites").click()
    expect(gallery.locator("#list span")).to_have_text("Favourites")
    expect(gallery.locator(".tile")).to_have_count(1)
    expect(tile).to_be_visible()


def test_albums_are_added_and_taken_out_by_hand(gallery: Page) -> None:
    panel = open_photo(gallery, "2025/IMG_0433.jpg")
    for name in ("Alps", "<b>Best</b>"):
        panel.get_by_label("Add to an album").fill(name)
        gallery.keyboard.press("Enter")
        expect(panel.get_by_role("link", name=name)).to_be_visible()
    panel.get_by_role("button", name="Remove from <b>Best</b>").click()
    expect(panel.get_by_role("link", name="<b>Best</b>")).to_have_count(0)
    panel.get_by_role("link", name="Alps").click()
    expect(gallery.locator("#list span")).to_have_text("Album: Alps")
    expect(gallery.locator(f'.tile[data-id="{photo_id("2025/IMG_0433.jpg")}"]')).to_have_count(1)


def test_what_cannot_be_written_is_said_beside_it(gallery: Page) -> None:
    panel = open_photo(gallery, "2025/IMG_0412.jpg")
    panel.get_by_label("Caption").fill("\x07")
    gallery.keyboard.press("Escape")
    expect(panel.get_by_role("status")).to_contain_text("caption takes a text")


def test_copies_and_the_files_of_the_same_shot_are_shown_and_lead_to_each_other(
    gallery: Page, shown: Library, album: dict[str, Path]
) -> None:
    body = album["2026/city.webp"].read_bytes()
    for key in ("kin/one.webp", "kin/one.jpg", "elsewhere/two.webp"):
        shown.aws.s3.put_object(Bucket=shown.originals_bucket, Key=f"originals/{key}", Body=body)
        expect(gallery.locator(f'.tile[data-id="{photo_id(key)}"]')).to_have_count(1, timeout=30_000)
    panel = open_photo(gallery, "kin/one.webp")
    same = panel.locator(".related", has_text="Other files of this photo")
    expect(same.get_by_role("button")).to_have_text(["one.jpg"])
    copies = panel.locator(".related", has_text="Identical copies")
    expect(copies.locator("img").first).to_be_visible()
    copies.get_by_role("button", name="two.webp").click()
    expect(gallery.locator(".viewer .name")).to_have_text("two.webp")
    expect(panel.locator(".related").first).to_be_visible()
    gallery.go_back()
    expect(gallery.locator(".viewer .name")).to_have_text("one.webp")


@pytest.mark.parametrize(("group", "value"), [("City", "Tromsø"), ("Camera", "Safelight Drawn")])
def test_there_are_ways_into_the_library(gallery: Page, group: str, value: str) -> None:
    gallery.get_by_role("link", name="Browse").click()
    section = gallery.locator(".browse section", has=gallery.get_by_role("heading", name=group, exact=True))
    section.get_by_role("link", name=re.compile(value, re.IGNORECASE)).first.click()
    expect(gallery.locator("#list span")).to_have_text(re.compile(f"{group}: {value}", re.IGNORECASE))
    expect(gallery.locator(".tile").first).to_be_visible()
