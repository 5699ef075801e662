"""The sign-in with any OpenID Connect provider: the page leaves for it, comes back, and renews its tokens."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from local.library.library import Library
from tests.conftest import sign_in

CLIENT = "client"


class Provider:
    """A provider on the page's own origin, which gives out tokens that the library's API accepts."""

    def __init__(self, origin: str, token: str) -> None:
        self.issuer = f"{origin}oidc"
        self.token = token
        self.challenge = ""
        self.granted: list[str] = []
        self.refuses = False

    def serve(self, page: Page) -> None:
        page.route("**/gallery/config.json", self._config)
        page.route("**/oidc/.well-known/openid-configuration", lambda route: route.fulfill(json=self._metadata()))
        page.route("**/oidc/authorize?*", self._authorize)
        page.route("**/oidc/token", self._grant)

    def _config(self, route: Route) -> None:
        config = route.fetch().json()
        route.fulfill(json={**config, "sign_in": {"kind": "oidc", "issuer": self.issuer, "client_id": CLIENT}})

    def _metadata(self) -> dict[str, str]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
        }

    def _authorize(self, route: Route) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(route.request.url).query).items()}
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        self.challenge = asked["code_challenge"]
        outcome = {"error": "access_denied"} if self.refuses else {"code": "once"}
        back = urlencode({**outcome, "state": asked["state"]})
        route.fulfill(status=302, headers={"location": f"{asked['redirect_uri']}?{back}"})

    def _grant(self, route: Route) -> None:
        asked = {name: values[0] for name, values in parse_qs(route.request.post_data or "").items()}
        if asked["grant_type"] == "authorization_code":
            digest = hashlib.sha256(asked["code_verifier"].encode()).digest()
            assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == self.challenge
            assert asked["code"] == "once"
        else:
            assert asked["refresh_token"] == "again"
        self.granted.append(asked["grant_type"])
        tokens = {"access_token": self.token, "token_type": "Bearer", "expires_in": 3600, "refresh_token": "again"}
        route.fulfill(json=tokens)


@pytest.fixture
def provider(page: Page, shown: Library) -> Iterator[Provider]:
    made = Provider(shown.emulator.gallery, sign_in(shown).token)
    made.serve(page)
    page.reload()
    yield made
    page.unroute_all(behavior="ignoreErrors")


def test_the_page_leaves_for_the_provider_and_comes_back_signed_in(page: Page, provider: Provider) -> None:
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".tile img.loaded").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"/$"))
    assert provider.granted == ["authorization_code"]


def test_a_token_that_has_expired_is_renewed(page: Page, provider: Provider) -> None:
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".tile img.loaded").first).to_be_visible()
    tokens = json.loads(page.evaluate('() => sessionStorage["safelight-tokens"]'))
    page.evaluate("tokens => sessionStorage.setItem('safelight-tokens', tokens)", json.dumps({**tokens, "expires": 0}))
    page.reload()
    expect(page.locator(".tile img.loaded").first).to_be_visible()
    assert provider.granted == ["authorization_code", "refresh_token"]


def test_a_refusal_is_named_and_can_be_tried_again(page: Page, provider: Provider) -> None:
    provider.refuses = True
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("The sign-in failed. Try again.")
    provider.refuses = False
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".tile img.loaded").first).to_be_visible()
