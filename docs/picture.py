"""Takes the README's picture: the gallery with the drawn photos, in a real browser. `make picture` runs it."""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from local.emulator.process import free_port
from local.library.importer import FolderImport
from local.library.library import Library, open_library
from local.samples import draw_library

TARGET = Path(__file__).parent / "gallery.jpg"
CHROMIUM = "/usr/bin/chromium"


def main() -> None:
    """Write docs/gallery.jpg."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        draw_library(folder / "photos")
        with open_library(folder / "library", free_port()) as library:
            FolderImport(library).run(folder / "photos")
            shot = _shot(library)
    Image.open(io.BytesIO(shot)).convert("RGB").save(TARGET, quality=82, optimize=True)
    sys.stdout.write(f"{TARGET}\n")


def _shot(library: Library) -> bytes:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1360, "height": 1000}, locale="en-GB")
        page.goto(library.emulator.gallery)
        page.get_by_label("User name").fill(library.credentials.user)
        page.get_by_label("Password").fill(library.credentials.password)
        page.get_by_role("button", name="Sign in").click()
        page.locator(".tile img.loaded").first.wait_for()
        # The scan has no date, so it is alone under today's: the picture starts below it.
        page.locator('[data-day="2026-03-08"]').scroll_into_view_if_needed()
        page.evaluate("scrollTo(0, document.querySelector('[data-day=\"2026-03-08\"]').offsetTop - 52)")
        page.wait_for_timeout(1500)
        shot = page.screenshot()
        browser.close()
        return shot


if __name__ == "__main__":
    main()
