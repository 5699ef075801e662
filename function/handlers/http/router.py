"""Answers requests: finds the route, checks the access level, calls the handler, and maps errors to responses."""

import logging
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from function.contract.routes import ROUTES, Route
from function.errors import NotFoundError, RequestError, ServiceUnavailableError
from function.handlers.http import response
from function.handlers.http.request import Event, Request, parse
from function.handlers.http.response import Response
from function.service.access import require
from function.telemetry import log

Handler = Callable[[Request], Response]
HANDLERS = "function.handlers.routes"
BY_KEY: Mapping[str, Route] = {route.key: route for route in ROUTES}


def answer(event: Event) -> dict[str, Any]:
    """Answer one event of the HTTP API, in payload format 2.0. Raises nothing: an error is a response."""
    try:
        found = _dispatch(event)
    except Exception as error:  # noqa: BLE001 - no stack trace reaches a client
        found = _refusal(error, event.get("routeKey"))
    return found.to_event()


def handler(route: Route) -> Handler:
    """Return the function that answers a route. Its module is imported with the first such request."""
    module, name = route.handler.split(".")
    found: Handler = getattr(import_module(f"{HANDLERS}.{module}"), name)
    return found


def _dispatch(event: Event) -> Response:
    route = BY_KEY.get(event.get("routeKey", ""))
    if not route:
        raise NotFoundError("There is no such route.")
    request = parse(event, route)
    # API Gateway has checked the token: this is a second line of defence.
    require(request.principal, route.access)
    return handler(route)(request)


def _refusal(error: Exception, route: str | None) -> Response:
    if isinstance(error, RequestError):
        return response.problem(error.status, str(error))
    if isinstance(error, ServiceUnavailableError):
        log.event("a request could not be answered", level=logging.WARNING, route=route, error=str(error))
        return response.problem(503, "The library cannot be reached right now. Try again in a moment.")
    log.event("a request failed", level=logging.ERROR, route=route, exc_info=True)
    return response.problem(500, "Something went wrong. The api function's log has the cause.")
