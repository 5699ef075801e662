import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from image import gallery as gallery_build
from local.library.library import Library

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
expect.set_options(timeout=15_000)


# Its event loop runs as long as the browser does, and tests of other folders start loops of their own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium; where there is none the tests are skipped, except in CI, which installs one."""
    if not CHROMIUM:
        assert not os.environ.get("CI"), "CI tests the gallery in a real browser, and there is none"
        pytest.skip("there is no Chromium on this machine (Debian's package is chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def tools() -> Path:
    """The folder of the gallery's development packages; where they cannot be installed the tests are skipped, except
    in CI.
    """
    try:
        gallery_build.install_tools()
    except gallery_build.GalleryError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    return gallery_build.GALLERY / "node_modules"


@pytest.fixture(scope="session")
def shown(opened: Library, album: dict[str, Path]) -> Library:
    """The running library with the album in it, and two files that are no photos."""
    for key, path in album.items():
        opened.aws.s3.put_object(Bucket=opened.originals_bucket, Key=f"originals/{key}", Body=path.read_bytes())
    for name in ("notes.jpg", '"><img src=x onerror=alert(1)>.jpg'):
        opened.aws.s3.put_object(Bucket=opened.originals_bucket, Key=f"originals/{name}", Body=b"no photo")
    return opened


@pytest.fixture
def page(browser: Browser, shown: Library) -> Iterator[Page]:
    """The gallery before the sign-in; a message on the console fails the test, a breach of the page's policy too."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="en-GB")
    opened = context.new_page()
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # The browser itself reports every answer that is an error; the tests provoke some.
        if "Failed to load resource" not in message.text:
            said.append(message.text)

    opened.on("console", hear)
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto(shown.emulator.gallery)
    yield opened
    context.close()
    assert not said


@pytest.fixture
def gallery(page: Page, shown: Library) -> Page:
    """The gallery, signed in, with its first photos."""
    sign_in(page, shown.credentials.user, shown.credentials.password)
    expect(page.locator(".tile img.loaded").first).to_be_visible()
    return page


def sign_in(page: Page, user: str, password: str) -> None:
    page.get_by_label("User name").fill(user)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
