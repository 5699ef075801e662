"""Takes an answer to a challenge from a caller who proved the password, and from no other.

AWS answers a right password with a challenge (a new password is required, or a second factor) and a session, which the
answer has to bring: once, within minutes, for the same user. MiniStack does not look at the session: a caller who names
a user may give this user another password, and gets tokens.
Source: `RespondToAuthChallenge` in Cognito's documentation.
No longer needed when `tests/local/emulator/test_access_patches.py` passes without it.
"""

import json
import time
from dataclasses import dataclass, field
from typing import Any

from ministack.core.responses import error_response_json
from ministack.services import cognito

Data = dict[str, Any]
# MiniStack checks the sessions of the other challenges itself.
CHECKED = {"NEW_PASSWORD_REQUIRED", "SOFTWARE_TOKEN_MFA", "MFA_SETUP"}
# AWS's default of AuthSessionValidity.
SECONDS = 3 * 60


@dataclass(frozen=True)
class _Session:
    client: str
    user: str
    end: float


@dataclass(frozen=True)
class _Sessions:
    """The sessions that were given out and not used yet, by their tokens."""

    kept: dict[str, _Session] = field(default_factory=dict)

    def keep(self, token: str, client: str, user: str) -> None:
        now = time.monotonic()
        for old in [key for key, session in list(self.kept.items()) if session.end < now]:
            self.kept.pop(old, None)
        self.kept[token] = _Session(client, user, now + SECONDS)

    def refusal(self, data: Data) -> Any:
        """The error for an answer without its session, or None; a session is used up by its answer."""
        pool, _ = cognito._pool_for_client(data.get("ClientId"))
        answers = data.get("ChallengeResponses") or {}
        user = (cognito._resolve_user(pool, answers.get("USERNAME"))[0] if pool else None) or {}
        session = self.kept.get(str(data.get("Session")))
        named = (data.get("ClientId"), user.get("Username"))
        if not session or (session.client, session.user) != named or session.end < time.monotonic():
            return error_response_json("NotAuthorizedException", "Invalid session for the user.", 400)
        if data["ChallengeName"] == "NEW_PASSWORD_REQUIRED":
            weak = cognito._validate_password(pool, answers.get("NEW_PASSWORD") or "")
            if weak:
                return weak
        self.kept.pop(str(data["Session"]), None)
        return None


def apply() -> None:
    """Keep the sessions that are given out, and demand them."""
    prove, respond = cognito._password_auth_result, cognito._respond_to_auth_challenge
    sessions = _Sessions()

    def password_auth_result(pool: Data, pid: str, cid: str, user: Data, *rest: Any, **more: Any) -> Any:
        answer = prove(pool, pid, cid, user, *rest, **more)
        if token := json.loads(answer[2]).get("Session"):
            sessions.keep(token, cid, user["Username"])
        return answer

    def respond_to_auth_challenge(data: Data) -> Any:
        refused = sessions.refusal(data) if data.get("ChallengeName") in CHECKED else None
        return refused or respond(data)

    cognito._password_auth_result = password_auth_result
    cognito._respond_to_auth_challenge = respond_to_auth_challenge
