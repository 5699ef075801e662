"""Admits signed calls of AWS's clients, at the paths at which AWS serves them."""

import asyncio
import hashlib
import re

from local.emulator.doors import signatures
from local.emulator.doors.bodies import Receive, read, replay
from local.emulator.doors.hosts import is_bucket, virtual_bucket
from local.emulator.doors.refusals import Refused
from local.emulator.doors.request import Request
from local.emulator.doors.signatures import Signed

# The paths of each service; any other service is served at the root only.
PATHS = {
    "apigateway": r"/v2/.+",
    "lambda": r"/20\d\d-\d\d-\d\d/.+",
    "scheduler": r"/(schedules|schedule-groups|tags)(/.*)?",
    "sqs": r"/(\d{12}/[\w.-]+)?",
}
# The smithy-rpc-v2-cbor protocol, which AWS's clients use for CloudWatch, and for more services as they are released.
RPC = r"/|/service/\w+/operation/\w+"
# S3 Control's calls on buckets, which are signed for S3 too.
S3_CONTROL = re.compile(r"/v20180820/(tags|bucket)/.+", re.DOTALL)
# First parts of paths that MiniStack serves itself, for every host and signature.
RESERVED = {"_alb", "_aws", "_localstack", "_ministack"}
RESERVED |= {"health", "iceberg", "latest", "login", "logout", "oauth2", "restapis", "saml2", "v2"}
UNSIGNED_BODY = {"UNSIGNED-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"}
SIGNED_CHUNKS = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
# The limit of a body whose hash must be verified: a function's code in a call to Lambda.
MOST_UNVERIFIED_BYTES = 64 << 20
MEGABYTE = 1 << 20


async def admit(request: Request, receive: Receive) -> Receive:
    """Verify a signed call. Returns a receiver of its body; raises Refused, Disconnected."""
    signed = signatures.read(request)
    declared = request.header("x-amz-content-sha256")
    if (signed.presigned and signed.service == "s3") or declared in UNSIGNED_BODY:
        signed.verify(b"")
        handed_on = receive
    elif not declared:
        body = await read(receive, MOST_UNVERIFIED_BYTES)
        signed.verify(body)
        handed_on = replay(body, receive)
    else:
        signed.verify(b"")
        body = await read(receive)
        await _require_body(signed, declared, body)
        handed_on = replay(body, receive)
    require_path(request, signed.service)
    return handed_on


def require_path(request: Request, service: str) -> None:
    """Raise Refused (404) for a path that AWS does not serve: MiniStack has many of its own."""
    if service == "s3":
        _require_bucket(request)
    elif not re.fullmatch(f"(?:{PATHS.get(service, RPC)})", request.path, re.DOTALL):
        raise Refused.as_json(404, {"__type": "UnknownOperationException", "message": "There is no such operation."})


def _require_bucket(request: Request) -> None:
    first, _, rest = request.path[1:].partition("/")
    exists = bool(virtual_bucket(request)) or not first or is_bucket(first)
    creates = request.method == "PUT" and not rest
    if first in RESERVED or not (exists or creates or S3_CONTROL.fullmatch(request.path)):
        raise Refused.no_bucket(first)


async def _require_body(signed: Signed, declared: str, body: bytes) -> None:
    if declared.startswith(SIGNED_CHUNKS):
        await asyncio.to_thread(signed.verify_chunks, body)
    elif await _sha256(body) != declared.lower():
        if signed.service != "s3":
            raise signed.refusal(signatures.MISMATCH)
        error = "<Code>XAmzContentSHA256Mismatch</Code><Message>The body is not the one that was signed.</Message>"
        raise Refused(400, "application/xml", f"<Error>{error}</Error>".encode())


async def _sha256(body: bytes) -> str:
    """Return the hash; that of a large body is computed in a thread, so that the event loop is not blocked."""
    if len(body) < MEGABYTE:
        return hashlib.sha256(body).hexdigest()
    return (await asyncio.to_thread(hashlib.sha256, body)).hexdigest()
