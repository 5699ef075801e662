"""The api function's entry point."""

from typing import Any

# While the function starts it has a whole processor: so the SDK is loaded then, not with the first request.
import function.bootstrap.api  # noqa: F401
from function.handlers.http import router
from function.handlers.http.encoding import compressed


def handle(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer one request of the HTTP API (payload format 2.0)."""
    return compressed(router.answer(event), event.get("headers") or {})
