"""A page of another origin, and one whose name was rebound to this machine, get nothing from a running library."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from local.library.library import Library
from tests.conftest import sign_in
from tests.local.emulator.doors import endpoint, internal_paths
from tests.local.emulator.test_doors import snapshot

ATTACK = (Path(__file__).parent / "attack.js").read_text()
PATHS = ("/", "/gallery/index.html", "/gallery/config.json", "/photos", "/photos/x")
HTML = "<!doctype html><title>elsewhere</title><body>"
REFUSED = {400, 401, 403, 404, 405}


class _Elsewhere(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(HTML.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that http.server gives it
        """Say nothing."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """The address of another program's page on this machine: to a browser the same site, and another origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def targets(opened: Library, host: str = "localhost") -> list[str]:
    """Some paths of both doors of each kind: the routes, and what the embedded AWS has of its own."""
    internal = [path for path in internal_paths() if path.startswith(("/_", "/latest", "/health", "/oauth2"))]
    doors = {opened.emulator.gallery_port: (*PATHS, *internal[::6]), endpoint(opened).port: ("/", *internal)}
    bucket = f"/{opened.originals_bucket}"
    found = [f"http://{host}:{port}{path}" for port, paths in doors.items() for path in paths]
    resets = [f"http://{host}:{port}/_ministack/reset" for port in doors]
    return [*found, *resets, f"http://{host}:{endpoint(opened).port}{bucket}?list-type=2"]


def answers(page: Page, opened: Library) -> list[tuple[int, str, str]]:
    """The answers of the library's doors to the page's requests, as they come in."""
    ports = {opened.emulator.gallery_port, endpoint(opened).port}
    heard: list[tuple[int, str, str]] = []

    def hear(response: object) -> None:
        url = response.url  # type: ignore[attr-defined]
        if any(f":{port}/" in url for port in ports):
            heard.append((response.status, response.request.method, url))  # type: ignore[attr-defined]

    page.on("response", hear)
    return heard


def test_a_page_of_another_origin_gets_nothing(page: Page, opened: Library, elsewhere: str) -> None:
    opened.aws.s3.put_object(Bucket=opened.originals_bucket, Key="scratch/kept.txt", Body=b"kept")
    before, heard = snapshot(opened), answers(page, opened)
    page.goto(elsewhere)
    assert page.evaluate(ATTACK, targets(opened)) == []
    assert len(heard) > 200
    assert [answer for answer in heard if answer[0] not in REFUSED] == []
    assert snapshot(opened) == before
    assert sign_in(opened)("/photos").status == 200


def test_a_page_whose_name_was_rebound_gets_nothing(page: Page, opened: Library) -> None:
    """The page was served under a name of its own, which then was made to mean this machine: now it asks itself."""
    port, name = opened.emulator.gallery_port, "rebound.localhost"
    assert (answer := page.goto(f"http://{name}:{port}/"))
    assert answer.status == 403

    def serve(route: Route) -> None:
        route.fulfill(body=HTML, content_type="text/html")

    for port in (opened.emulator.gallery_port, endpoint(opened).port):
        page.route(f"http://{name}:{port}/page", serve)
        before, heard = snapshot(opened), []
        page.goto(f"http://{name}:{port}/page")
        heard = answers(page, opened)
        read = page.evaluate(ATTACK, [url for url in targets(opened, name) if f":{port}/" in url])
        assert not [text for text in read if "and no other name" not in text and "another origin" not in text]
        assert len(heard) > 50
        assert [answer for answer in heard if answer[0] not in REFUSED] == []
        assert snapshot(opened) == before


def test_a_link_of_another_page_leads_to_the_gallery(page: Page, opened: Library, elsewhere: str) -> None:
    page.goto(elsewhere)
    page.evaluate("url => { location.href = url }", opened.emulator.gallery)
    page.get_by_label("User name").wait_for()
