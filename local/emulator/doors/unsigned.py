"""Admits the unsigned requests at the AWS endpoint: the calls of a sign-in, and the public keys of its tokens.

AWS's SDKs send these calls of Cognito unsigned. Cognito has more of them, such as SignUp and ForgotPassword, which a
library with one user, created by its administrator, does not need.
"""

import re

from local.emulator.doors.bodies import Receive, read, replay
from local.emulator.doors.hosts import is_bucket, virtual_bucket
from local.emulator.doors.refusals import Refused
from local.emulator.doors.request import Request

COGNITO = "AWSCognitoIdentityProviderService."
SIGN_IN = {f"{COGNITO}{name}" for name in ("InitiateAuth", "RespondToAuthChallenge", "RevokeToken", "GlobalSignOut")}
# A pool's id has an underscore, which no bucket's name has.
PUBLIC_KEYS = re.compile(r"/[a-z0-9-]+_[A-Za-z0-9]+/\.well-known/(jwks\.json|openid-configuration)")
MOST_BYTES = 64 << 10


async def admit(request: Request, receive: Receive) -> Receive:
    """Check an unsigned request. Returns a receiver of its body; raises Refused (400, 403, 413)."""
    if request.method == "POST" and request.path == "/" and not request.query:
        target = request.header("x-amz-target")
        if target in SIGN_IN:
            return replay(await read(receive, MOST_BYTES), receive)
        if target.startswith(COGNITO):
            operation = "".join(letter for letter in target.removeprefix(COGNITO) if letter.isalnum())
            message = f"{operation} is not permitted for this user pool"
            fault = {"__type": "NotAuthorizedException", "message": message}
            raise Refused.as_json(400, fault, "application/x-amz-json-1.1")
    if request.method == "GET" and PUBLIC_KEYS.fullmatch(request.path):
        return replay(b"", receive)
    if request.method == "OPTIONS" and _is_preflight(request):
        return replay(b"", receive)
    raise Refused.as_aws("s3", "MissingAuthenticationToken", "Access Denied", request.headers)


def _is_preflight(request: Request) -> bool:
    """Tell whether this is a CORS preflight request of the gallery's page, whose origin was checked before."""
    known = request.path == "/" or is_bucket(request.path[1:].partition("/")[0]) or virtual_bucket(request)
    return bool(request.header("origin") and known)
