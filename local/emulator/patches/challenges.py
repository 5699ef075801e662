"""Accepts an answer to a challenge only with the session of a correct password.

AWS answers a correct password with a challenge (a new password, or a second factor) and a session, which the answer
must contain: once, within minutes, for the same user. MiniStack ignores the session: a caller with only a user's name
can set another password and get tokens.
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
    """The issued and unused sessions, by their tokens."""

    kept: dict[str, _Session] = field(default_factory=dict)

    def keep(self, token: str, client: str, user: str) -> None:
        now = time.monotonic()
        for old in [key for key, session in list(self.kept.items()) if session.end < now]:
            self.kept.pop(old, None)
        self.kept[token] = _Session(client, user, now + SECONDS)

    def refusal(self, data: Data) -> Any:
        """Return the error for an answer without its session, or None; an answer uses up its session."""
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
    """Store issued sessions, and require them in answers."""
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
