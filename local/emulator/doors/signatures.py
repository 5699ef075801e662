"""Verifies the SigV4 signature of a request: in its header, or in its address (presigned).

AWS verifies every signature. MiniStack does so for IAM users and roles, but accepts the root user's key, the key `test`
and any twelve digits as the root user without a valid signature. Therefore each signature is verified here first.
Source: "Signing AWS API requests" in AWS's IAM user guide.
"""

import datetime as dt
import hashlib
import hmac
import os
import re
from dataclasses import dataclass
from functools import lru_cache

from ministack.core.iam_evaluator import (
    AmbiguousAccessKeyError,
    CredentialResolutionError,
    ResolvedCredential,
    find_iam_access_key_account,
    is_root_access_key,
    resolve_credential,
)
from ministack.core.responses import _account_from_sts_session, get_account_id
from ministack.core.router import extract_access_key_id
from ministack.core.sigv4 import (
    SIGNATURE_MISMATCH,
    HeaderSignature,
    derive_signing_key,
    header_signature_failure,
    header_signing_documents,
    parse_header_signature,
    parse_query_signature,
    request_time_failure,
)

from local.emulator.doors.refusals import Refused
from local.emulator.doors.request import Request

ALGORITHM = "AWS4-HMAC-SHA256"
# Query parameters of other signature schemes, and of this one.
IN_ADDRESS = {"x-amz-algorithm", "x-amz-credential", "x-amz-signature", "awsaccesskeyid"}
TIME = re.compile("[0-9]{8}T[0-9]{6}Z")
SECONDS = re.compile("[0-9]{1,6}")
LONGEST_VALIDITY_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True)
class Failure:
    """A failed authentication: a code of MiniStack's table, and a message."""

    code: str
    message: str


UNKNOWN_KEY = Failure("InvalidClientTokenId", "The security token included in the request is invalid.")
INCOMPLETE = Failure("IncompleteSignature", "The credential has to end with aws4_request.")
MISMATCH = Failure("SignatureDoesNotMatch", SIGNATURE_MISMATCH)
UNSUPPORTED = Failure("UnsupportedSignature", f"The authorization mechanism is not supported; use {ALGORITHM}.")


@dataclass(frozen=True)
class Signed:
    """A request, the parts of its signature, and the credential of its key."""

    request: Request
    signature: HeaderSignature
    presigned: bool
    credential: ResolvedCredential

    @property
    def service(self) -> str:
        """Return the service of the signature's scope, such as `s3`."""
        return str(self.signature.service)

    def verify(self, body: bytes) -> None:
        """Raise Refused unless the signature is valid; the body is hashed if no header has its hash."""
        request, signature = self.request, self.signature
        _, text = header_signing_documents(
            signature, request.method, request.raw_path, request.query, request.headers, body, presigned=self.presigned
        )
        key = _signing_key(self.credential.secret_access_key, signature.date_stamp, signature.region, signature.service)
        computed = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(computed.encode(), signature.signature.encode()):
            raise self.refusal(MISMATCH)

    def verify_chunks(self, body: bytes) -> None:
        """Raise Refused unless the signature of each chunk of the body is valid (`aws-chunked`)."""
        request = self.request
        failure = header_signature_failure(
            self.signature,
            self.credential.secret_access_key,
            request.method,
            request.raw_path,
            request.query,
            request.headers,
            body,
        )
        if failure:
            raise self.refusal(Failure(*failure))

    def refusal(self, failure: Failure) -> Refused:
        """Return the service's answer to a failed authentication."""
        return Refused.as_aws(self.service, failure.code, failure.message, self.request.headers)


_signing_key = lru_cache(256)(derive_signing_key)


def is_signed(request: Request) -> bool:
    """Tell whether the request has a signature, valid or not."""
    return "authorization" in request.headers or any(name.lower() in IN_ADDRESS for name in request.query)


def read(request: Request) -> Signed:
    """Parse a request's signature, and check key, token, time and signed headers, but not yet the signature itself.

    Raises Refused.
    """
    presigned = "authorization" not in request.headers
    signature = _parts(request, presigned=presigned)
    credential = _credential(request, signature, presigned=presigned)
    if isinstance(credential, Failure):
        raise Refused.as_aws(signature.service, credential.code, credential.message, request.headers)
    signed = Signed(request, signature, presigned, credential)
    if failure := _incomplete(request, signature) or _untimely(request, signature, presigned=presigned):
        raise signed.refusal(failure)
    return signed


def _parts(request: Request, *, presigned: bool) -> HeaderSignature:
    in_address = {name.lower() for name in request.query} & IN_ADDRESS
    supported = (
        request.query.get("X-Amz-Algorithm") == [ALGORITHM]
        if presigned
        else request.header("authorization").startswith(f"{ALGORITHM} ") and not in_address
    )
    if not supported:
        raise Refused.as_aws("s3", UNSUPPORTED.code, UNSUPPORTED.message, request.headers)
    found = parse_query_signature(request.query) if presigned else parse_header_signature(request.headers)
    if isinstance(found, tuple):
        raise Refused.as_aws("s3", found[0], found[1], request.headers)
    named = "".join(request.query["X-Amz-Credential"]) if presigned else request.header("authorization")
    if f"/{found.region}/{found.service}/aws4_request" not in named:
        raise Refused.as_aws("s3", INCOMPLETE.code, INCOMPLETE.message, request.headers)
    return found


def _incomplete(request: Request, signature: HeaderSignature) -> Failure | None:
    """Return a failure unless the host and all `x-amz-` headers are signed, as some of them select the operation."""
    signed = set(signature.signed_headers.lower().split(";"))
    needed = {"host", *(name for name in request.headers if name.startswith("x-amz-"))}
    if missing := sorted(needed - signed):
        return Failure(MISMATCH.code, f"These headers have to be signed: {', '.join(missing)}.")
    return None


def _untimely(request: Request, signature: HeaderSignature, *, presigned: bool) -> Failure | None:
    time, now = signature.amz_date, dt.datetime.now(dt.UTC)
    if not TIME.fullmatch(time) or signature.date_stamp != time[:8]:
        return Failure("CredentialDateMismatch", "The date in the credential is not that of the request.")
    try:
        signed_at = dt.datetime.fromisoformat(time)
    except ValueError:
        return Failure("CredentialDateMismatch", "The date of the request is no date.")
    if not presigned or signed_at > now:
        failure = request_time_failure(signature, now=now)
        return Failure(*failure) if failure else None
    validity = "".join(request.query.get("X-Amz-Expires", ()))
    if not SECONDS.fullmatch(validity) or not 1 <= int(validity) <= LONGEST_VALIDITY_SECONDS:
        return Failure("RequestExpired", "X-Amz-Expires takes 1 to 604800 seconds.")
    expired = now > signed_at + dt.timedelta(seconds=int(validity))
    return Failure("RequestExpired", "Request has expired") if expired else None


def _credential(request: Request, signature: HeaderSignature, *, presigned: bool) -> ResolvedCredential | Failure:
    """Return the credential of the signature's key, or a failure."""
    key = signature.access_key_id
    # MiniStack parses the key by its own rule, and authorizes by that key.
    as_read = extract_access_key_id(request.headers, request.query)
    if as_read != key or (is_root_access_key(key) and key != os.environ["AWS_ACCESS_KEY_ID"]):
        return UNKNOWN_KEY
    tokens = request.query.get("X-Amz-Security-Token", ()) if presigned else ()
    token = "".join(tokens) if presigned else request.header("x-amz-security-token")
    try:
        account = _account_from_sts_session(key) or find_iam_access_key_account(key) or get_account_id()
    except AmbiguousAccessKeyError:
        return UNKNOWN_KEY
    found = resolve_credential(key, account, token)
    if isinstance(found, CredentialResolutionError):
        return Failure(found.code, found.message)
    return found
