"""A library of any size behind the page: the API's lists, answered in the browser's place."""

import base64
import json
import re
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Route

PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="
BEGINNING = datetime(2026, 6, 1, 12, tzinfo=UTC)


def photo(number: int) -> dict[str, Any]:
    """A photo as the API lists it; the higher its number, the older it is."""
    taken = (BEGINNING - timedelta(hours=30 * number)).isoformat()
    key = f"{number:05}.jpg"
    sizes = {"width": 300, "height": 200, "bytes": 100, "content_type": "image/jpeg"}
    return {
        "id": f"photo-{number:05}",
        "key": key,
        "state": "ready",
        "reason": None,
        "format": "jpeg",
        "bytes": 1000,
        "width": 300,
        "height": 200,
        "placeholder": None,
        "taken": taken,
        "uploaded": taken,
        "updated": taken,
        "caption": None,
        "favourite": False,
        "albums": [],
        "terms": {},
        "metadata": {},
        "renditions": [{**sizes, "name": "300", "url": PIXEL}],
    }


@dataclass
class FakeApi:
    """Answers the page's lists of photos from `photos`, the newest first; counts what it answered."""

    photos: list[dict[str, Any]]
    seconds: float = 0.0
    answered: list[tuple[str, int]] = field(default_factory=list)
    failing: bool = False

    def serve(self, page: Page) -> None:
        """Take the place of the API's lists for this page."""
        page.route(re.compile(r"/photos\?"), self._answer)

    def _answer(self, route: Route) -> None:
        query = {name: values[0] for name, values in parse_qs(urlsplit(route.request.url).query).items()}
        time.sleep(self.seconds)
        if self.failing and "cursor" in query:
            self.answered.append((route.request.url, 502))
            return route.fulfill(status=502, json={"message": "Internal Server Error"})
        body, etag = self._page([] if query.get("shelf") == "failed" else self.photos, query)
        status = 304 if route.request.headers.get("if-none-match") == etag else 200
        self.answered.append((route.request.url, status))
        headers = {"etag": etag, "content-type": "application/json"}
        return route.fulfill(status=status, headers=headers, body=json.dumps(body) if status == 200 else "")

    def _page(self, photos: list[dict[str, Any]], query: dict[str, str]) -> tuple[dict[str, Any], str]:
        after = base64.b64decode(query["cursor"]).decode() if "cursor" in query else ""
        limit = int(query["limit"])
        found = [each for each in photos if each["id"] > after][:limit]
        cursor = base64.b64encode(found[-1]["id"].encode()).decode() if len(found) == limit else None
        stamp = json.dumps([[each["id"], each["updated"]] for each in found])
        return {"photos": found, "cursor": cursor}, f'W/"{hash((stamp, cursor))}"'
