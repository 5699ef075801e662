"""Lets a refresh token renew, and do nothing else.

AWS's refresh tokens are encrypted, and no API takes one for an access token. MiniStack's are signed like access tokens,
so that its HTTP APIs take them, for the 30 days that they are valid. It also keeps every text that RevokeToken names,
for good, though no sign-in gave it out.
No longer needed when `tests/local/emulator/test_access_patches.py` passes without it.
"""

from typing import Any

from ministack.core.responses import json_response
from ministack.services import apigateway, cognito


def apply() -> None:
    """Refuse a refresh token as a bearer token, and revoke those alone that a pool signed."""
    validate, revoke = apigateway._validate_jwt_authorizer, cognito._revoke_token

    async def validated(*given: Any) -> Any:
        claims, scopes, refused = await validate(*given)
        if claims and claims.get("token_use") == "refresh":
            return None, None, apigateway._jwt_unauthorized()
        return claims, scopes, refused

    def revoke_token(data: dict[str, Any]) -> Any:
        token = data.get("Token")
        issued = isinstance(token, str) and cognito._signature_valid(token)
        # A token that is none is no error (RFC 7009).
        return revoke(data) if issued else json_response({})

    apigateway._validate_jwt_authorizer, cognito._revoke_token = validated, revoke_token
