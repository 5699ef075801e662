"""Calls are let in by a valid signature of a key that exists, in each form in which AWS's clients send one."""

import datetime as dt
import hashlib
import hmac
import random
import re
import socket
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import boto3
import botocore.auth
import pytest
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from local.library import Library
from tests.local.emulator.doors import Reply, endpoint, root, signed_headers

BODY = b"a photo's bytes" * 9000
KEY = "scratch/signed text+ü (1)%2B ~'.txt"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def kept(opened: Library) -> None:
    opened.aws.s3.put_object(Bucket=opened.originals_bucket, Key=KEY, Body=BODY)


def path(opened: Library, key: str = KEY) -> str:
    return f"/{opened.originals_bucket}/{quote(key)}"


def ask(
    opened: Library,
    keys: Credentials,
    method: str = "GET",
    key: str = KEY,
    body: bytes = b"",
    headers: dict[str, str] | None = None,
) -> Reply:
    """Send one S3 call, signed by botocore with these keys."""
    signed = signed_headers(keys, method, f"{opened.aws.endpoint}{path(opened, key)}", body, headers, service="s3")
    host = urlsplit(opened.aws.endpoint).netloc
    return endpoint(opened).ask(method, path(opened, key), {**signed, "host": host}, body or None)


def presigned(opened: Library, method: str = "get_object", **options: Any) -> str:
    client: Any = boto3.client(
        "s3",
        endpoint_url=opened.aws.endpoint,
        aws_access_key_id=opened.aws.access_key,
        aws_secret_access_key=opened.aws.secret_key,
        region_name="us-east-1",
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    )
    wanted = {"Bucket": opened.originals_bucket, "Key": KEY}
    url: str = client.generate_presigned_url(method, Params=wanted, **options)
    return url.removeprefix(opened.aws.endpoint)


def at(monkeypatch: pytest.MonkeyPatch, shift: dt.timedelta) -> None:
    """Let botocore sign at another time than now."""
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda: dt.datetime.now(dt.UTC) + shift)


def test_a_valid_signature_is_let_in(opened: Library) -> None:
    assert ask(opened, root(opened)).body == BODY
    assert ask(opened, root(opened), "PUT", "scratch/put.txt", BODY).status == 200
    assert ask(opened, root(opened), key="scratch/put.txt").body == BODY


def test_a_key_alone_is_worth_nothing(opened: Library) -> None:
    """The root user's key with another secret, and the names that MiniStack takes for the root user's key."""
    names = (opened.aws.access_key, "test", "000000000000", "123456789012", "AKIAIOSFODNN7EXAMPLE")
    for keys in [*(Credentials(name, "test") for name in names), Credentials("test", opened.aws.secret_key)]:
        reply = ask(opened, keys)
        assert (reply.status, b"secret" in reply.body.lower() and BODY in reply.body) == (403, False), keys.access_key
        assert ask(opened, keys, "PUT", "scratch/stranger", b"x").status == 403
        client: Any = boto3.client(
            "sts",
            endpoint_url=opened.aws.endpoint,
            region_name="us-east-1",
            aws_access_key_id=keys.access_key,
            aws_secret_access_key=keys.secret_key,
        )
        with pytest.raises(ClientError):
            client.get_caller_identity()
    with pytest.raises(ClientError, match="404"):
        opened.aws.s3.head_object(Bucket=opened.originals_bucket, Key="scratch/stranger")


def test_what_was_changed_after_signing_is_refused(opened: Library) -> None:
    url, host = f"{opened.aws.endpoint}{path(opened)}", {"host": urlsplit(opened.aws.endpoint).netloc}
    put = signed_headers(root(opened), "PUT", url, BODY, service="s3")
    door = endpoint(opened)
    assert door.ask("PUT", path(opened), {**put, **host}, BODY[:-1] + b"x").status == 400
    assert door.ask("PUT", path(opened, "scratch/other"), {**put, **host}, BODY).status == 403
    assert door.ask("DELETE", path(opened), {**put, **host}, BODY).status == 403
    assert door.ask("PUT", f"{path(opened)}?acl", {**put, **host}, BODY).status == 403
    copied = {**put, **host, "x-amz-copy-source": path(opened)}
    assert door.ask("PUT", path(opened), copied, BODY).status == 403
    assert ask(opened, root(opened)).body == BODY
    scan = signed_headers(root(opened), "POST", f"{opened.aws.endpoint}/", b"{}", service="dynamodb")
    assert door.ask("POST", "/", {**scan, **host, "x-amz-target": "DynamoDB_20120810.ListTables"}, b"{}").status == 400
    named = {"x-amz-target": "DynamoDB_20120810.ListTables", "content-type": "application/x-amz-json-1.0"}
    scan = signed_headers(root(opened), "POST", f"{opened.aws.endpoint}/", b"{}", named, service="dynamodb")
    assert door.ask("POST", "/", {**scan, **host}, b"{}").status == 200
    assert door.ask("POST", "/", {**scan, **host}, b'{"Limit": 1}').status in (400, 403)


@pytest.mark.parametrize(("minutes", "status"), [(-16, 403), (-14, 200), (14, 200), (16, 403), (-60 * 24, 403)])
def test_a_signature_holds_for_a_quarter_of_an_hour(
    opened: Library, monkeypatch: pytest.MonkeyPatch, minutes: int, status: int
) -> None:
    at(monkeypatch, minutes * MINUTE)
    assert ask(opened, root(opened)).status == status


@pytest.mark.parametrize(("seconds", "ago", "status"), [(60, 0, 200), (60, 2, 403), (3600, 50, 200), (604800, 60, 200)])
def test_a_presigned_address_holds_for_as_long_as_it_says(
    opened: Library, monkeypatch: pytest.MonkeyPatch, seconds: int, ago: int, status: int
) -> None:
    at(monkeypatch, -ago * MINUTE)
    url, host = presigned(opened, ExpiresIn=seconds), {"host": urlsplit(opened.aws.endpoint).netloc}
    reply = endpoint(opened).ask("GET", url, host)
    assert (reply.status, reply.body == BODY) == (status, status == 200)


def test_a_presigned_address_is_good_for_nothing_else(opened: Library) -> None:
    door, host, url = endpoint(opened), {"host": urlsplit(opened.aws.endpoint).netloc}, presigned(opened)
    assert door.ask("GET", url, host).status == 200
    other = url.replace(quote(KEY), "scratch/put.txt")
    for method, target, headers in (
        ("DELETE", url, {}),
        ("PUT", url, {}),
        ("GET", other, {}),
        ("GET", f"{url}&versions", {}),
        ("GET", url.replace("X-Amz-Expires=3600", "X-Amz-Expires=604800"), {}),
        ("GET", url.replace("X-Amz-Signature=", "X-Amz-Signature=0"), {}),
        ("GET", url, {"x-amz-target": "AWSCognitoIdentityProviderService.ListUsers"}),
        ("GET", url, {"x-amz-copy-source": "/any/thing"}),
        ("GET", url, {"authorization": "Bearer x"}),
        ("GET", url.replace("X-Amz-", "x-amz-"), {}),
    ):
        assert door.ask(method, target, {**host, **headers}).status in (400, 403), (method, target, headers)
    put = presigned(opened, "put_object")
    assert door.ask("PUT", put, host, b"through an address").status == 200
    assert ask(opened, root(opened)).body == b"through an address"


@pytest.mark.parametrize("version", ["s3", "s3-query"])
def test_signatures_of_the_old_kind_are_refused_as_for_new_buckets(opened: Library, version: str) -> None:
    client: Any = boto3.client(
        "s3",
        endpoint_url=opened.aws.endpoint,
        aws_access_key_id=opened.aws.access_key,
        aws_secret_access_key=opened.aws.secret_key,
        config=Config(signature_version=version, s3={"addressing_style": "path"}),
    )
    url = client.generate_presigned_url("get_object", Params={"Bucket": opened.originals_bucket, "Key": KEY})
    host = {"host": urlsplit(opened.aws.endpoint).netloc}
    reply = endpoint(opened).ask("GET", url.removeprefix(opened.aws.endpoint), host)
    assert reply.status == 400
    assert b"AWS4-HMAC-SHA256" in reply.body


@pytest.mark.parametrize("signing", [True, False])
@pytest.mark.parametrize("checksums", ["when_required", "when_supported"])
@pytest.mark.parametrize("style", ["path", "virtual"])
def test_each_way_in_which_boto3_uploads(
    opened: Library, monkeypatch: pytest.MonkeyPatch, signing: bool, checksums: Any, style: Any
) -> None:
    resolve = socket.getaddrinfo
    # Not every system resolves names below localhost by itself.
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **more: resolve("127.0.0.1", *rest, **more))
    client: Any = boto3.client(
        "s3",
        endpoint_url=opened.aws.endpoint.replace("127.0.0.1", "localhost"),
        aws_access_key_id=opened.aws.access_key,
        aws_secret_access_key=opened.aws.secret_key,
        region_name="us-east-1",
        config=Config(
            s3={"addressing_style": style, "payload_signing_enabled": signing},
            request_checksum_calculation=checksums,
        ),
    )
    where = {"Bucket": opened.originals_bucket, "Key": KEY}
    client.put_object(**where, Body=BODY, Metadata={"note": "  two   spaces "}, ChecksumAlgorithm="SHA256")
    assert client.get_object(**where)["Body"].read() == BODY
    upload = client.create_multipart_upload(**where)["UploadId"]
    part = client.upload_part(**where, UploadId=upload, PartNumber=1, Body=BODY)
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    client.complete_multipart_upload(**where, UploadId=upload, MultipartUpload=parts)
    assert KEY in [
        found["Key"] for found in client.list_objects_v2(Bucket=where["Bucket"], Prefix="scratch/s")["Contents"]
    ]
    # In the virtual-hosted style, the names of this machine are those of the buckets that exist.
    with pytest.raises(ClientError, match="NoSuchBucket" if style == "path" else "Forbidden"):
        client.list_objects_v2(Bucket="no-bucket-of-this-name")


def chunked(opened: Library, chunks: list[bytes], spoiled: int | None = None) -> Reply:
    """Send a body in signed chunks (STREAMING-AWS4-HMAC-SHA256-PAYLOAD), as MinIO's clients and AWS's for Java do."""
    kind = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
    headers = {
        "content-encoding": "aws-chunked",
        "x-amz-decoded-content-length": str(sum(map(len, chunks))),
        "x-amz-content-sha256": kind,
    }

    class Signer(botocore.auth.S3SigV4Auth):
        def payload(self, request: Any) -> str:
            return kind

        def _modify_request_before_signing(self, request: Any) -> None:
            super()._modify_request_before_signing(request)  # type: ignore[misc]  # it is in no stub
            request.headers.replace_header("X-Amz-Content-SHA256", kind)

    made = AWSRequest("PUT", f"{opened.aws.endpoint}{path(opened)}", headers=headers)
    Signer(root(opened), "s3", "us-east-1").add_auth(made)
    sent = {name.lower(): str(value) for name, value in made.headers.items()}
    previous, time = sent["authorization"].rpartition("Signature=")[2], sent["x-amz-date"]
    key = f"AWS4{opened.aws.secret_key}".encode()
    for part in (time[:8], "us-east-1", "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    body, empty = b"", hashlib.sha256(b"").hexdigest()
    for number, chunk in enumerate([*chunks, b""]):
        parts = (f"{kind[10:]}", time, f"{time[:8]}/us-east-1/s3/aws4_request", previous, empty)
        text = "\n".join((*parts, hashlib.sha256(chunk).hexdigest()))
        previous = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        content = chunk[:-1] + b"#" if number == spoiled else chunk
        body += b"%x;chunk-signature=%b\r\n%b\r\n" % (len(content), previous.encode(), content)
    host = {"host": urlsplit(opened.aws.endpoint).netloc}
    return endpoint(opened).ask("PUT", path(opened), {**sent, **host}, body)


def test_a_body_in_signed_chunks_is_verified_chunk_by_chunk(opened: Library) -> None:
    assert chunked(opened, [b"a" * 70000, b"b" * 10]).status == 200
    assert ask(opened, root(opened)).body == b"a" * 70000 + b"b" * 10
    assert chunked(opened, [b"c" * 70000, b"d" * 10], spoiled=1).status == 403
    assert ask(opened, root(opened)).body == b"a" * 70000 + b"b" * 10


def test_signed_calls_reach_no_path_that_aws_does_not_serve(opened: Library) -> None:
    """A function holds keys as well: they open what its role allows, and nothing of the embedded AWS itself."""
    host = {"host": urlsplit(opened.aws.endpoint).netloc}
    for service, target in (
        ("s3", "/_ministack/config"),
        ("s3", "/_ministack/reset"),
        ("s3", "/health"),
        ("s3", "/latest/meta-data/iam/security-credentials/"),
        ("sqs", "/_ministack/sqs/messages"),
        ("lambda", "/_ministack/lambda-code/safelight-dev-worker"),
        ("lambda", "/latest/meta-data/"),
        ("sts", "/_localstack/health"),
        ("execute-api", "/_aws/execute-api/x/y"),
    ):
        for method in ("GET", "POST", "PUT"):
            headers = signed_headers(root(opened), method, f"{opened.aws.endpoint}{target}", service=service)
            assert endpoint(opened).ask(method, target, {**headers, **host}).status == 404, (service, method, target)
    virtual = f"{opened.originals_bucket}.localhost:{endpoint(opened).port}"
    for target in ("/_ministack/config", "/_ministack/reset", "/_localstack/health", "/health", "/_aws/sqs/messages"):
        for method in ("GET", "POST", "PUT"):
            headers = signed_headers(root(opened), method, f"http://{virtual}{target}", service="s3")
            assert endpoint(opened).ask(method, target, {**headers, "host": virtual}).status == 404, (method, target)


def test_a_header_cannot_name_two_keys(opened: Library) -> None:
    """MiniStack reads the first credential of a header; the signature is one of the last one's."""
    url = f"{opened.aws.endpoint}{path(opened)}"
    headers = signed_headers(root(opened), "GET", url, service="s3")
    other = headers["authorization"].replace(
        "Credential=", "Credential=AKIAOTHER/20260101/us-east-1/s3/aws4_request, Credential="
    )
    host = {"host": urlsplit(opened.aws.endpoint).netloc}
    assert endpoint(opened).ask("GET", path(opened), {**headers, **host, "authorization": other}).status == 403


def spoiled(text: str, seed: int) -> str:
    """The text with one part removed, doubled or replaced by something odd."""
    chance = random.Random(seed)
    start = chance.randrange(len(text))
    end = start + chance.randrange(1, 12)
    odd = chance.choice(
        ["", text[start:end] * 2, "=", ",", "/", ";", " ", "%00", "%FF", "9" * 40, "Credential=", "\u00e9"]
    )
    return text[:start] + odd + text[end:]


def meaning(header: str) -> list[str]:
    """The parts of a header, however they are parted."""
    return re.sub(r"[\s,]+", " ", header).split()


def test_a_malformed_signature_is_refused_and_breaks_nothing(opened: Library) -> None:
    url, host = f"{opened.aws.endpoint}{path(opened)}", {"host": urlsplit(opened.aws.endpoint).netloc}
    good = {**signed_headers(root(opened), "GET", url, service="s3"), **host}
    address, door = presigned(opened), endpoint(opened)
    for seed in range(400):
        name = ("authorization", "x-amz-date", "x-amz-content-sha256")[seed % 3]
        changed = spoiled(good[name], seed).strip()
        if meaning(changed) != meaning(good[name]):
            reply = door.ask("GET", path(opened), {**good, name: changed})
            assert reply.status in (400, 403), (name, changed, good[name], reply.status)
        target = quote(spoiled(address, seed), safe="%/?&=-_.~+:;,")
        if parse_qs(target) != parse_qs(address):
            assert door.ask("GET", target, host).status in (400, 403, 404), target
    log = (opened.folder / "embedded-aws.log").read_text()
    assert "Traceback" not in log
    # What opens something is in no log.
    for secret in (opened.aws.secret_key, "X-Amz-Signature=", opened.credentials.password, "eyJ"):
        assert secret not in log
