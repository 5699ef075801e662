"""Makes the principal of a request from the claims of its token."""

from collections.abc import Mapping
from typing import Any

from function.values.principal import NOBODY, Principal, Role


def principal(event: Mapping[str, Any]) -> Principal:
    """Return the principal whose claims API Gateway's JWT authorizer has verified; NOBODY without claims.

    The stack declares no roles yet, so everyone with a token is an owner.
    """
    authorizer = (event.get("requestContext") or {}).get("authorizer") or {}
    claims: Mapping[str, Any] = (authorizer.get("jwt") or {}).get("claims") or {}
    who = claims.get("sub")
    if not who:
        return NOBODY
    return Principal(str(who), Role.OWNER, frozenset(str(claims.get("scope") or "").split()))
