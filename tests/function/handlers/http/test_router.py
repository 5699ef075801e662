"""The router: finds the handler, refuses whom the access level refuses, and shows nobody what is inside."""

from dataclasses import replace
from typing import Any

import pytest

from function.contract.routes import ROUTES, Access, Route
from function.errors import ServiceUnavailableError
from function.handlers.http import principals, request, response, router
from function.handlers.routes import photos
from function.values.principal import NOBODY, Principal, Role
from tests.function.conftest import Cloud
from tests.support.api_client import ask, body


def test_an_unknown_route_is_not_found(cloud: Cloud) -> None:
    assert ask("GET /nothing")["statusCode"] == 404
    assert router.answer({})["statusCode"] == 404


@pytest.mark.parametrize(
    ("fault", "status"), [(ServiceUnavailableError("DynamoDB: Throttled"), 503), (ZeroDivisionError(), 500)]
)
def test_a_fault_shows_nobody_what_is_inside(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int
) -> None:
    def fail(_: Any) -> Any:
        raise fault

    monkeypatch.setattr(photos, "list_page", fail)
    answer = ask("GET /photos")
    assert answer["statusCode"] == status
    assert all(word not in answer["body"] for word in ("Traceback", "Throttled", "ZeroDivision", "DynamoDB"))


@pytest.mark.parametrize("claims", [{}, {"client_id": "abc"}, {"sub": ""}])
def test_a_request_without_a_subject_is_nobodys(cloud: Cloud, claims: dict[str, str]) -> None:
    answer = ask("GET /photos", claims=claims)
    assert (answer["statusCode"], "Sign in" in body(answer)["message"]) == (401, True)


LEVELS = {None: Access.PUBLIC, Role.VIEWER: Access.VIEWER, Role.MEMBER: Access.MEMBER, Role.OWNER: Access.OWNER}


@pytest.mark.parametrize("access", Access)
@pytest.mark.parametrize("role", LEVELS)
def test_a_role_uses_the_routes_up_to_its_level(
    monkeypatch: pytest.MonkeyPatch, role: Role | None, access: Access
) -> None:
    route = Route("GET /photos", "photos.list_page", access)
    monkeypatch.setattr(router, "BY_KEY", {route.key: route})
    monkeypatch.setattr(request, "principal", lambda _: Principal("somebody", role))
    monkeypatch.setattr(photos, "list_page", lambda _: response.no_content())
    refused = 401 if role is None else 403
    assert ask(route.key)["statusCode"] == (204 if LEVELS[role] >= access else refused)


def test_a_principal_is_made_of_the_verified_claims_alone() -> None:
    claims = {"sub": "abc", "scope": "openid photos.read"}
    event = {"requestContext": {"authorizer": {"jwt": {"claims": claims}}}}
    assert principals.principal(event) == Principal("abc", Role.OWNER, frozenset({"openid", "photos.read"}))
    assert principals.principal({"headers": {"authorization": "Bearer a.b.c"}, "requestContext": {}}) == NOBODY
    for broken in ({}, {"requestContext": None}, {"requestContext": {"authorizer": {"jwt": None}}}):
        assert principals.principal(broken) == NOBODY


def test_a_route_is_one_line_of_the_table() -> None:
    assert len({route.key for route in ROUTES}) == len(ROUTES)
    assert replace(ROUTES[0], key="GET /a/b").path == "/a/b"
