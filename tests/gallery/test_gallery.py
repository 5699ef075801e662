"""The gallery in a real browser, on the declared stack."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from function.index.keys import photo_id
from local.library.library import Library
from tests.conftest import fetch
from tests.gallery.conftest import sign_in


def test_a_wrong_password_is_said_and_shows_nothing(page: Page, shown: Library) -> None:
    sign_in(page, shown.credentials.user, "wrong")
    expect(page.get_by_role("alert").filter(has_text=re.compile("password|username", re.IGNORECASE))).to_be_visible()
    expect(page.locator(".tile")).to_have_count(0)


def test_a_user_whom_the_administrator_made_chooses_a_password_first(page: Page, shown: Library) -> None:
    pool = next(p["Id"] for p in shown.aws.cognito.list_user_pools(MaxResults=10)["UserPools"])
    shown.aws.cognito.admin_create_user(UserPoolId=pool, Username="guest", TemporaryPassword="Temporary-1234")
    sign_in(page, "guest", "Temporary-1234")
    page.get_by_label("New password").fill("Chosen-by-me-1234")
    page.get_by_role("button", name="Choose a password").click()
    expect(page.locator(".tile img.loaded").first).to_be_visible()


def test_days_stand_newest_first_with_all_their_photos(gallery: Page) -> None:
    for key in ("2025/IMG_0412.jpg", "2025/IMG_0415.jpg", "2025/IMG_0433.jpg"):
        expect(gallery.locator(f'[data-day="2025-07-14"] [data-id="{photo_id(key)}"]')).to_have_count(1)
    days = gallery.locator(".day").evaluate_all("days => days.map(day => day.dataset.day)")
    assert days == sorted(days, reverse=True)
    heading = gallery.locator('[data-day="2026-03-08"] h2')
    expect(heading).to_have_text(re.compile(r"Sunday,? 8 March 2026, \d+ photos"))


def test_a_tile_keeps_the_photos_shape(gallery: Page) -> None:
    tile = gallery.locator(f'[data-id="{photo_id("2025/IMG_0415.jpg")}"]')
    tile.scroll_into_view_if_needed()
    box = tile.bounding_box()
    assert box
    assert box["width"] / box["height"] == pytest.approx(1200 / 1600, abs=0.02)


def test_the_viewer_follows_the_arrow_keys_the_address_and_the_back_button(gallery: Page, shown: Library) -> None:
    first = gallery.locator(".tile").first
    identifier = first.get_attribute("data-id")
    first.click()
    expect(gallery.get_by_role("dialog")).to_be_visible()
    expect(gallery).to_have_url(re.compile(f"#photo={identifier}$"))
    gallery.keyboard.press("ArrowRight")
    second = gallery.locator(".tile").nth(1).get_attribute("data-id")
    expect(gallery).to_have_url(re.compile(f"#photo={second}$"))
    gallery.keyboard.press("ArrowLeft")
    expect(gallery).to_have_url(re.compile(f"#photo={identifier}$"))
    gallery.go_back()
    expect(gallery.get_by_role("dialog")).to_be_hidden()
    first.click()
    gallery.keyboard.press("Escape")
    expect(gallery.get_by_role("dialog")).to_be_hidden()
    expect(gallery).to_have_url(shown.emulator.gallery)


def test_an_address_with_a_photo_opens_it(gallery: Page, shown: Library) -> None:
    gallery.goto(f"{shown.emulator.gallery}#photo={photo_id('2025/panorama.jpg')}")
    gallery.reload()
    expect(gallery.get_by_role("dialog")).to_be_visible()
    expect(gallery.locator(".viewer .name")).to_have_text("panorama.jpg")


def test_details_tell_what_the_camera_wrote(gallery: Page) -> None:
    gallery.locator(f'[data-id="{photo_id("2025/IMG_0415.jpg")}"]').click()
    gallery.keyboard.press("i")
    panel = gallery.get_by_label("Details", exact=True).and_(gallery.locator("aside"))
    for fact in (
        "14 July 2025",
        "11:40",
        "Safelight Drawn",
        "1/125 s",
        "f/5.6",
        "ISO 200",
        "46.41500° N",
        "1200 × 1600",
    ):
        expect(panel).to_contain_text(fact)
    for step in ("Received", "Date: from EXIF", "Sizes created"):
        expect(panel.locator(".history")).to_contain_text(step)


def test_what_failed_can_be_tried_again(gallery: Page) -> None:
    gallery.get_by_role("link", name=re.compile("files cannot be shown")).click()
    notes = gallery.locator(".failed li", has_text="notes.jpg")
    notes.get_by_role("button", name="Try again").click()
    expect(notes.get_by_role("button")).to_have_text("Trying again…")


def test_what_is_told_of_a_photo_leads_to_all_that_share_it_and_there_is_a_way_back(gallery: Page) -> None:
    everything = gallery.locator(".tile").count()
    gallery.locator(f'[data-id="{photo_id("2025/IMG_0415.jpg")}"]').click()
    gallery.keyboard.press("i")
    gallery.locator("aside").get_by_role("link", name="14 July").click()
    expect(gallery.locator("#list")).to_contain_text("On this day: 14 July")
    expect(gallery.locator(".tile")).to_have_count(3)
    gallery.locator(".tile").first.click()
    gallery.keyboard.press("Escape")
    expect(gallery).to_have_url(re.compile(r"/\?on=07-14$"))
    gallery.get_by_role("link", name="Show all photos").click()
    expect(gallery.locator("#list")).to_be_hidden()
    expect(gallery.locator(".tile").nth(everything - 1)).to_be_attached()


@pytest.mark.parametrize(
    ("query", "name", "count"),
    [
        ("camera=safelight+drawn", "Camera: safelight drawn", None),
        ("city=Tromsø", "City: Tromsø", 1),
        ("keyword=<img src=x onerror=alert(1)>", "Keyword: <img src=x onerror=alert(1)>", 0),
        ("label=<img src=x onerror=alert(1)>", "Label: <img src=x onerror=alert(1)>", 0),
        ("on=99-99", "On this day: 99-99", None),
    ],
)
def test_a_list_has_an_address(gallery: Page, shown: Library, query: str, name: str, count: int | None) -> None:
    gallery.goto(f"{shown.emulator.gallery}?{query}")
    expect(gallery.locator("#list span")).to_have_text(name)
    if count is not None:
        expect(gallery.locator(".tile")).to_have_count(count)
    assert gallery.locator("#list img").count() == 0


def test_what_cannot_be_shown_is_listed_with_its_reason_and_no_name_is_markup(gallery: Page) -> None:
    gallery.get_by_role("link", name=re.compile("files cannot be shown")).click()
    listed = gallery.locator(".failed li")
    expect(listed.filter(has_text="notes.jpg")).to_contain_text("text file")
    expect(listed.filter(has_text='"><img src=x onerror=alert(1)>.jpg')).to_have_count(1)
    assert gallery.locator(".failed img").count() == 0
    gallery.get_by_role("link", name="Back to the photos").click()
    expect(gallery.locator(".tile").first).to_be_visible()


def test_a_new_photo_appears_while_one_watches_and_leaves_the_others_alone(
    gallery: Page, shown: Library, album: dict[str, Path]
) -> None:
    first = gallery.locator(".tile img").first
    before = first.get_attribute("srcset")
    body = album["2025/IMG_0433.jpg"].read_bytes()
    shown.aws.s3.put_object(Bucket=shown.originals_bucket, Key="originals/watched.jpg", Body=body)
    expect(gallery.locator(f'[data-id="{photo_id("watched.jpg")}"]')).to_have_count(1, timeout=30_000)
    assert first.get_attribute("srcset") == before


def test_a_deleted_photo_leaves_the_grid(gallery: Page, shown: Library, album: dict[str, Path]) -> None:
    body = album["2026/city.webp"].read_bytes()
    shown.aws.s3.put_object(Bucket=shown.originals_bucket, Key="originals/unwanted.webp", Body=body)
    tile = gallery.locator(f'.tile[data-id="{photo_id("unwanted.webp")}"]')
    expect(tile).to_have_count(1, timeout=30_000)
    tile.click()
    gallery.once("dialog", lambda dialog: dialog.accept())
    gallery.get_by_role("button", name="Delete").click()
    expect(tile).to_have_count(0)


def test_a_token_that_has_run_out_is_renewed_without_a_word(gallery: Page) -> None:
    spoil = """() => {
        const tokens = JSON.parse(sessionStorage["safelight-tokens"]);
        sessionStorage["safelight-tokens"] = JSON.stringify({ ...tokens, access: "spoilt" });
    }"""
    gallery.evaluate(spoil)
    gallery.reload()
    expect(gallery.locator(".tile img.loaded").first).to_be_visible()
    tokens = json.loads(gallery.evaluate('() => sessionStorage["safelight-tokens"]'))
    assert tokens["access"] != "spoilt"


def test_signing_out_forgets_the_session(gallery: Page) -> None:
    gallery.get_by_role("button", name="Sign out").click()
    expect(gallery.get_by_role("button", name="Sign in")).to_be_visible()
    assert gallery.evaluate("() => sessionStorage.length") == 0


def test_signing_out_ends_the_session_for_everybody_who_has_a_copy_of_it(gallery: Page, shown: Library) -> None:
    refresh = json.loads(gallery.evaluate('() => sessionStorage["safelight-tokens"]'))["refresh"]
    config = fetch(f"{shown.emulator.gallery}gallery/config.json").json()["sign_in"]
    renewal = {
        "AuthFlow": "REFRESH_TOKEN_AUTH",
        "ClientId": config["client_id"],
        "AuthParameters": {"REFRESH_TOKEN": refresh},
    }

    def renew() -> int:
        target = {"X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth"}
        return fetch(config["endpoint"], "POST", json.dumps(renewal).encode(), target).status

    assert renew() == 200
    gallery.get_by_role("button", name="Sign out").click()
    expect(gallery.get_by_role("button", name="Sign in")).to_be_visible()
    assert renew() == 400


def test_on_a_telephone_nothing_is_wider_than_the_screen(gallery: Page) -> None:
    gallery.set_viewport_size({"width": 380, "height": 720})
    expect(gallery.locator(".tile").first).to_be_visible()
    assert gallery.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
