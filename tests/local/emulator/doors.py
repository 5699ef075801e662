"""Sends requests to a running library's doors as they stand, with any host and any header, as other programs can."""

import ast
import http.client
import re
from dataclasses import dataclass
from pathlib import Path

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from ministack import app

from local.library import Library


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Door:
    port: int
    address: str = "127.0.0.1"

    def ask(self, method: str, target: str, headers: dict[str, str] | None = None, body: bytes | None = None) -> Reply:
        """One request on a connection of its own; `host` among the headers replaces the door's own name."""
        connection = http.client.HTTPConnection(self.address, self.port, timeout=30)
        connection.request(method, target, body, {"host": f"localhost:{self.port}", **(headers or {})})
        response = connection.getresponse()
        reply = Reply(response.status, {name.lower(): text for name, text in response.getheaders()}, response.read())
        connection.close()
        return reply


def gallery(opened: Library) -> Door:
    return Door(opened.emulator.gallery_port)


def endpoint(opened: Library) -> Door:
    return Door(int(opened.aws.endpoint.rsplit(":", 1)[1]))


def signed_headers(
    keys: Credentials, method: str, url: str, body: bytes = b"", headers: dict[str, str] | None = None, *, service: str
) -> dict[str, str]:
    """The headers of a request that botocore signed."""
    request = AWSRequest(method, url, data=body, headers=headers or {})
    signer = S3SigV4Auth if service == "s3" else SigV4Auth
    signer(keys, service, "us-east-1").add_auth(request)
    return {name.lower(): str(value) for name, value in request.headers.items()}


def root(opened: Library) -> Credentials:
    return Credentials(opened.credentials.access_key, opened.credentials.secret_key)


def internal_paths() -> list[str]:
    """Every path that stands in MiniStack's own dispatch: a new version's too."""
    source = Path(app.__file__).read_text()
    texts = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    paths = {text for text in texts if isinstance(text, str) and re.fullmatch(r"/[\w./-]+", text)}
    made = {f"{path}x/000000000000/us-east-1/safelight-dev-worker" for path in paths if path.endswith("/")}
    return sorted({*paths, *made, *OTHER_PATHS})


OTHER_PATHS = (
    "/_ministack/lambda-code/safelight-dev-worker",
    "/_ministack/lambda-code/000000000000/us-east-1/safelight-dev-worker",
    "/latest/meta-data/iam/security-credentials/",
    "/latest/meta-data/iam/security-credentials/safelight-dev-worker",
    "/latest/api/token",
    "/v2/credentials/safelight-dev-worker",
    "/2015-03-31/functions/",
    "/2015-03-31/functions/safelight-dev-worker/invocations",
    "/2018-06-01/runtime/invocation/next",
    "/oauth2/token",
    "/login",
    "/",
)
