"""Lets only the administrator add users, and only users with a verified address reset their passwords.

In a pool with users of its administrator only, AWS answers SignUp with NotAuthorizedException. It sends random codes to
verified addresses; without one, ForgotPassword sends nothing. MiniStack allows every sign-up, and its codes are 123456
and 654321. No mail is sent here, so that no code can be used.
Source: "Managing user existence error responses" and `ForgotPassword` in Cognito's documentation.
No longer needed when `tests/local/emulator/test_access_patches.py` passes without it.
"""

import secrets
from typing import Any

from ministack.core.responses import error_response_json
from ministack.services import cognito

Data = dict[str, Any]


def apply() -> None:
    """Replace the calls that create or confirm a user, or set a new password, without an administrator."""
    sign_up, forgot, resend, reset = (
        cognito._sign_up,
        cognito._forgot_password,
        cognito._resend_confirmation_code,
        cognito._admin_reset_user_password,
    )

    def sign_up_where_allowed(data: Data) -> Any:
        pool, _ = cognito._pool_for_client(data.get("ClientId"))
        if ((pool or {}).get("AdminCreateUserConfig") or {}).get("AllowAdminCreateUserOnly"):
            return error_response_json("NotAuthorizedException", "SignUp is not permitted for this user pool", 400)
        return _with_new_code(sign_up, data, "_confirmation_code")

    def forgot_password(data: Data) -> Any:
        pool, _ = cognito._pool_for_client(data.get("ClientId"))
        user = _user(pool, data)
        if user is None or _has_verified_address(user):
            return _with_new_code(forgot, data, "_reset_code")
        if cognito._hides_user_existence(pool, data.get("ClientId")):
            return cognito._code_delivery_response(cognito._masked_destination(data["Username"]))
        message = "Cannot reset password for the user as there is no registered/verified email or phone_number"
        return error_response_json("InvalidParameterException", message, 400)

    cognito._sign_up, cognito._forgot_password = sign_up_where_allowed, forgot_password
    cognito._resend_confirmation_code = lambda data: _with_new_code(resend, data, "_confirmation_code")
    cognito._admin_reset_user_password = lambda data: _with_new_code(reset, data, "_reset_code")
    cognito._EMAIL_OTP_CODE = secrets.token_urlsafe()


def _with_new_code(call: Any, data: Data, name: str) -> Any:
    """Make the call, and replace the code that it stores under this name for the user by a random one."""
    answer = call(data)
    pool = cognito._user_pools.get(data.get("UserPoolId"))
    user = _user(pool or cognito._pool_for_client(data.get("ClientId"))[0], data)
    if user and user.get(name):
        user[name] = secrets.token_urlsafe()
    return answer


def _user(pool: Any, data: Data) -> Any:
    return cognito._resolve_user(pool, data.get("Username"))[0] if pool else None


def _has_verified_address(user: Data) -> bool:
    attributes = cognito._attr_list_to_dict(user.get("Attributes", []))
    return "true" in (attributes.get("email_verified"), attributes.get("phone_number_verified"))
