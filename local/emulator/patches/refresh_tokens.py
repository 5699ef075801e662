"""Restricts refresh tokens to renewing.

AWS's refresh tokens are encrypted, and no API accepts one as an access token. MiniStack signs them like access tokens,
so that its HTTP APIs accept them for the 30 days of their validity. It also stores every text that RevokeToken gets,
for ever, even if it is no token.
No longer needed when `tests/local/emulator/test_access_patches.py` passes without it.
"""

from typing import Any

from ministack.core.responses import json_response
from ministack.services import apigateway, cognito


def apply() -> None:
    """Refuse refresh tokens as bearer tokens, and revoke only tokens that a pool signed."""
    validate, revoke = apigateway._validate_jwt_authorizer, cognito._revoke_token

    async def validated(*given: Any) -> Any:
        claims, scopes, refused = await validate(*given)
        if claims and claims.get("token_use") == "refresh":
            return None, None, apigateway._jwt_unauthorized()
        return claims, scopes, refused

    def revoke_token(data: dict[str, Any]) -> Any:
        token = data.get("Token")
        issued = isinstance(token, str) and cognito._signature_valid(token)
        # An invalid token is not an error (RFC 7009).
        return revoke(data) if issued else json_response({})

    apigateway._validate_jwt_authorizer, cognito._revoke_token = validated, revoke_token
