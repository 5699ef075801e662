"""Lets a refresh token renew, and do nothing else.

AWS's refresh tokens are encrypted, and no API takes one for an access token. MiniStack's are signed like access tokens,
so that its HTTP APIs take them, for the 30 days that they are valid.
No longer needed when `tests/local/emulator/test_access_patches.py` passes without it.
"""

from typing import Any

from ministack.services import apigateway


def apply() -> None:
    """Refuse a bearer token whose claims say that it is a refresh token."""
    validate = apigateway._validate_jwt_authorizer  # noqa: SLF001

    async def validated(*given: Any) -> Any:
        claims, scopes, refused = await validate(*given)
        if claims and claims.get("token_use") == "refresh":
            return None, None, apigateway._jwt_unauthorized()  # noqa: SLF001
        return claims, scopes, refused

    apigateway._validate_jwt_authorizer = validated  # noqa: SLF001
