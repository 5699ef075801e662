"""Other programs without keys, rebound names and pages of other origins get nothing from a running library."""

import json
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from botocore.credentials import Credentials

from function.contract.routes import ROUTES
from local.emulator import credentials
from local.emulator.process import free_port, run_emulator
from local.library.library import Library
from tests.conftest import Client
from tests.local.emulator.doors import Door, endpoint, gallery, internal_paths, root, signed_headers

DOORS: dict[str, Callable[[Library], Door]] = {"gallery": gallery, "endpoint": endpoint}
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
COGNITO = "AWSCognitoIdentityProviderService"
REFUSED = {400, 401, 403, 404, 405}
# A page of another origin, of another port of this machine, of a file, and one of another site's that frames this.
OTHER_ORIGINS = ("https://elsewhere.example", "http://localhost:1", "null", "http://localhost.elsewhere.example")


def snapshot(opened: Library) -> tuple[Any, ...]:
    """What a stranger might have changed: objects, users, queues, functions, and that the owner's password holds."""
    objects = opened.s3.list_object_versions(Bucket=opened.originals_bucket).get("Versions", [])
    pool = opened.aws.cognito.list_user_pools(MaxResults=60)["UserPools"][0]["Id"]
    users = opened.aws.cognito.list_users(UserPoolId=pool)["Users"]
    functions = opened.aws.client("lambda").list_functions()["Functions"]
    return (
        sorted((version["Key"], version["VersionId"]) for version in objects),
        [(user["Username"], user["UserStatus"]) for user in users],
        sorted(opened.aws.sqs.list_queues()["QueueUrls"]),
        sorted(function["FunctionName"] for function in functions),
    )


@pytest.fixture(scope="module")
def kept(opened: Library) -> Library:
    """The library with an object that must outlive all of this."""
    opened.aws.s3.put_object(Bucket=opened.originals_bucket, Key="scratch/kept.txt", Body=b"a secret of the owner's")
    return opened


def public(method: str, path: str) -> bool:
    return (method, path) == ("GET", "/")


@pytest.mark.parametrize("door", DOORS)
def test_no_path_of_the_embedded_aws_is_open_without_keys(kept: Library, door: str) -> None:
    before, asked = snapshot(kept), 0
    for path in internal_paths():
        for method in METHODS:
            for headers in ({}, {"origin": "https://elsewhere.example"}, {"x-amz-target": f"{COGNITO}.ListUsers"}):
                if door == "gallery" and public(method, path) and "origin" not in headers:
                    continue
                reply = DOORS[door](kept).ask(method, path, dict(headers), b"{}" if method == "POST" else None)
                assert reply.status in REFUSED, (method, path, headers, reply)
                assert b"ministack" not in reply.body.lower(), (method, path)
                assert "access-control-allow-origin" not in reply.headers
                asked += 1
    assert asked > 1000
    assert snapshot(kept) == before


@pytest.mark.parametrize(
    "host", ["{id}.execute-api.localhost:{port}", "x.lambda-url.localhost:{port}", "sqs.localhost"]
)
@pytest.mark.parametrize("door", DOORS)
def test_a_host_that_names_a_part_of_the_embedded_aws_opens_nothing(kept: Library, door: str, host: str) -> None:
    found = DOORS[door](kept)
    identifier = kept.aws.client("apigatewayv2").get_apis()["Items"][0]["ApiId"]
    assert found.ask("GET", "/", {"host": host.format(id=identifier, port=found.port)}).status == 403


@pytest.mark.parametrize(
    "host", ["rebound.example:{port}", "rebound.example", "localhost.rebound.example:{port}", "", "localhost"]
)
def test_a_rebound_name_gets_nothing_even_with_a_token_or_keys(kept: Library, client: Client, host: str) -> None:
    page, aws = gallery(kept), endpoint(kept)
    named = {"host": host.format(port=page.port)}
    assert page.ask("GET", "/", named).status == 403
    assert page.ask("GET", "/photos", {**named, "authorization": f"Bearer {client.token}"}).status == 403
    if host == "localhost":
        return  # a client behind a tunnel may name another port
    named = {"host": host.format(port=aws.port)}
    url = f"http://{named['host'] or 'nowhere'}/{kept.originals_bucket}/scratch/kept.txt"
    headers = signed_headers(root(kept), "GET", url, headers=named, service="s3")
    reply = aws.ask("GET", f"/{kept.originals_bucket}/scratch/kept.txt", {**headers, **named})
    assert reply.status == 403
    assert b"secret" not in reply.body


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
def test_this_machines_own_names_are_answered(kept: Library, client: Client, name: str) -> None:
    page = gallery(kept)
    headers = {"host": f"{name}:{page.port}", "authorization": f"Bearer {client.token}"}
    assert page.ask("GET", "/photos", headers).status == 200


@pytest.mark.parametrize("origin", OTHER_ORIGINS)
def test_another_origin_is_refused_whatever_it_brings(kept: Library, client: Client, origin: str) -> None:
    page, aws = gallery(kept), endpoint(kept)
    token = {"authorization": f"Bearer {client.token}", "origin": origin}
    url = kept.aws.s3.generate_presigned_url(
        "get_object", Params={"Bucket": kept.originals_bucket, "Key": "scratch/kept.txt"}
    ).replace(kept.aws.endpoint, "")
    host = {"host": kept.aws.endpoint.removeprefix("http://")}
    asks = (
        page.ask("GET", "/", {"origin": origin}),
        page.ask("GET", "/photos", token),
        page.ask("POST", "/photos/x/reprocess", token, b""),
        page.ask("OPTIONS", "/photos", {**token, "access-control-request-method": "GET"}),
        aws.ask("GET", url, {**host, "origin": origin}),
        aws.ask("POST", "/", {"x-amz-target": f"{COGNITO}.InitiateAuth", "origin": origin}, b"{}"),
        aws.ask("OPTIONS", "/", {"origin": origin, "access-control-request-method": "POST"}),
    )
    assert [reply.status for reply in asks] == [403] * len(asks)
    assert not [reply for reply in asks if "access-control-allow-origin" in reply.headers]
    assert aws.ask("GET", url, host).body == b"a secret of the owner's"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_browser_that_names_no_origin_is_known_by_the_site(kept: Library, site: str) -> None:
    """An image, a script or a frame of another page; a link that a person follows leads to the gallery."""
    page, aws = gallery(kept), endpoint(kept)
    for mode, kind in (("no-cors", "image"), ("no-cors", "script"), ("navigate", "iframe"), ("no-cors", "empty")):
        headers = {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": kind}
        assert page.ask("GET", "/gallery/index.html", headers).status == 403
        assert aws.ask("POST", "/", {**headers, "x-amz-target": f"{COGNITO}.InitiateAuth"}, b"{}").status == 403
    link = {"sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert page.ask("GET", "/", link).status == 200
    assert page.ask("POST", "/", link, b"a=b").status == 403


def test_the_gallerys_page_may_sign_in_and_no_answer_is_for_all_origins(kept: Library) -> None:
    aws, origin = endpoint(kept), f"http://localhost:{kept.emulator.gallery_port}"
    asked = {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "x-amz-target",
    }
    before = aws.ask("OPTIONS", "/", asked)
    answer = aws.ask("POST", "/", {"origin": origin, "x-amz-target": f"{COGNITO}.InitiateAuth"}, b"{}")
    for reply in (before, answer):
        assert reply.headers["access-control-allow-origin"] == origin
        assert reply.headers["vary"] == "Origin"
    assert before.status == 200


def test_the_gallerys_door_serves_the_declared_routes_and_no_other(kept: Library, client: Client) -> None:
    page, token = gallery(kept), {"authorization": f"Bearer {client.token}"}
    keys = [route.key.partition(" ") for route in ROUTES]
    assert not [path for method, _, path in keys if page.ask(method, path, token).status == 403]
    for method, path in (("GET", "/photos/a/b"), ("PUT", "/photos"), ("GET", "/%5Fministack/reset"), ("HEAD", "/")):
        reply = page.ask(method, path, token)
        assert (reply.status, reply.body) == (404, b"" if method == "HEAD" else b'{"message": "Not Found"}')


def test_a_repeated_header_or_an_address_that_is_not_ascii_is_refused(kept: Library) -> None:
    for line in (b"Host: localhost:%d", b"Authorization: Bearer x\r\nAuthorization: Bearer y"):
        with socket.create_connection(("127.0.0.1", gallery(kept).port)) as raw:
            port = gallery(kept).port
            extra = line % port if b"%d" in line else line
            raw.sendall(b"GET / HTTP/1.1\r\nHost: localhost:%d\r\n%b\r\n\r\n" % (port, extra))
            assert raw.recv(64).startswith(b"HTTP/1.1 400")


def test_what_is_too_long_is_refused(kept: Library, client: Client) -> None:
    token = {"authorization": f"Bearer {client.token}", "content-type": "application/json"}
    assert gallery(kept).ask("PATCH", "/photos/x", token, b" " * (11 << 20)).status == 413
    assert endpoint(kept).ask("POST", "/", {"x-amz-target": f"{COGNITO}.InitiateAuth"}, b" " * (1 << 20)).status == 413


def test_unsigned_calls_are_those_of_a_sign_in(kept: Library) -> None:
    aws, bucket = endpoint(kept), kept.originals_bucket
    for method, path in (
        ("GET", f"/{bucket}/scratch/kept.txt"),
        ("GET", f"/{bucket}"),
        ("PUT", f"/{bucket}/scratch/new"),
    ):
        reply = aws.ask(method, path)
        assert reply.status == 403
        assert b"AccessDenied" in reply.body
    for target in (f"{COGNITO}.ListUsers", f"{COGNITO}.SignUp", "DynamoDB_20120810.Scan", "AmazonSQS.ListQueues"):
        reply = aws.ask("POST", "/", {"x-amz-target": target}, b"{}")
        assert reply.status in (400, 403)
    reply = aws.ask("POST", "/?Action=ListUsers", {"x-amz-target": f"{COGNITO}.InitiateAuth"}, b"{}")
    assert reply.status == 403
    pool = kept.aws.cognito.list_user_pools(MaxResults=60)["UserPools"][0]["Id"]
    keys = json.loads(aws.ask("GET", f"/{pool}/.well-known/jwks.json").body)["keys"]
    assert len(keys) == 2


@pytest.mark.parametrize("identifier", ["x" * 3000, "%C3%28", "%00", "a" * 24])
def test_an_id_that_no_photo_can_have_is_not_found(kept: Library, client: Client, identifier: str) -> None:
    for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/reprocess"), ("PATCH", "")):
        body = b'{"caption": ""}' if method == "PATCH" else None
        assert client(f"/photos/{identifier}{path}", method, body).status == 404


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has more loopback addresses than one")
def test_containers_reach_the_endpoint_by_the_address_of_their_bridge_and_by_no_other_name(tmp_path: Path) -> None:
    keys, bridge = credentials.ensure(tmp_path), "127.0.0.2"
    with run_emulator(tmp_path, "us-east-1", keys, free_port(), bridge) as emulator:
        port = int(emulator.aws.endpoint.rsplit(":", 1)[1])
        there = replace(emulator.aws, endpoint=f"http://{bridge}:{port}")
        assert there.client("sts").get_caller_identity()["Account"]
        door = Door(port, bridge)
        assert door.ask("GET", "/_ministack/health", {"host": f"{bridge}:{port}"}).status == 403
        signed = signed_headers(Credentials(keys.access_key, keys.secret_key), "GET", f"http://x:{port}/", service="s3")
        assert door.ask("GET", "/", {**signed, "host": f"x:{port}"}).status == 403


def test_what_is_kept_on_the_disk_is_for_its_owner_alone(kept: Library) -> None:
    files = [path for name in ("state", "objects") for path in (kept.folder / name).rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".pem", ".txt"}
    assert [path for path in files if path.stat().st_mode & 0o077] == []
