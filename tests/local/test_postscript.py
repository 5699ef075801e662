"""A drawing through the whole declared stack, where it is switched on, and who may have one made."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from function.contract.entrypoints import API_HANDLER, FAILURES_HANDLER, POSTSCRIPT_HANDLER, WORKER_HANDLER
from function.postscript import ghostscript
from image import declared
from image.declared import DeclaredFunction
from local.emulator.process import StartError, free_port
from local.library.importer import FolderImport
from local.library.library import Library, open_library
from tests.conftest import fetch, sign_in
from tests.support.eps_files import eps, needs_ghostscript, red_and_blue, with_dos_preview


@pytest.fixture(scope="module")
def drawing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The declared stack with PostScript switched on."""
    folder = tmp_path_factory.mktemp("postscript")
    with open_library(folder, free_port(), postscript=True) as opened:
        yield opened


def client_of(opened: Library, function: DeclaredFunction, service: str) -> Any:
    """A client with the keys of the function's own role."""
    return boto3.client(  # type: ignore[call-overload]  # a variable service
        service,
        endpoint_url=opened.aws.endpoint,
        region_name=opened.aws.region,
        aws_access_key_id=function.environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=function.environment["AWS_SECRET_ACCESS_KEY"],
        aws_session_token=function.environment["AWS_SESSION_TOKEN"],
    )


def called(opened: Library, handler: str) -> Any:
    """What the function that draws answers to the function with this handler."""
    client = client_of(opened, declared.function(opened, handler), "lambda")
    name = declared.function(opened, POSTSCRIPT_HANDLER).name
    answer = client.invoke(FunctionName=name, Payload=json.dumps({"postscript": "AAAA", "longest": 9}))
    return json.loads(answer["Payload"].read())


@needs_ghostscript
def test_drawings_come_in_and_are_seen(drawing: Library, tmp_path: Path) -> None:
    for name, content in {
        "a.eps": red_and_blue(),
        "b.jpg": with_dos_preview(red_and_blue()),
        "c.eps": eps("undefinedthing"),
    }.items():
        (tmp_path / name).write_bytes(content)
    assert FolderImport(drawing).run(tmp_path)
    get = sign_in(drawing)
    shown = get("/photos").json()["photos"]
    assert {photo["key"]: (photo["state"], photo["format"]) for photo in shown} == {
        "a.eps": ("ready", "eps"),
        "b.jpg": ("ready", "eps"),
    }
    assert {fetch(rendition["url"]).status for photo in shown for rendition in photo["renditions"]} == {200}
    (failed,) = get("/photos?shelf=failed").json()["photos"]
    assert (failed["key"], failed["state"]) == ("c.eps", "failed")
    assert "Ghostscript cannot draw it" in failed["reason"]


@needs_ghostscript
@pytest.mark.parametrize("handler", [API_HANDLER, FAILURES_HANDLER, POSTSCRIPT_HANDLER])
def test_the_worker_alone_may_have_something_drawn(drawing: Library, handler: str) -> None:
    assert called(drawing, WORKER_HANDLER) == {"refusal": "broken"}
    with pytest.raises(ClientError, match="AccessDenied"):
        called(drawing, handler)


def attempts(opened: Library) -> list[tuple[str, str, dict[str, Any]]]:
    """Calls of what the other functions work with: the service, the operation, its arguments."""
    bucket, told = opened.originals_bucket, opened.environment
    return [
        ("s3", "list_buckets", {}),
        ("s3", "list_objects_v2", {"Bucket": bucket}),
        ("s3", "put_object", {"Bucket": bucket, "Key": "originals/a.jpg"}),
        ("dynamodb", "get_item", {"TableName": told["TABLE"], "Key": {"pk": {"S": "a"}, "sk": {"S": "a"}}}),
        ("sqs", "send_message", {"QueueUrl": opened.queue_url, "MessageBody": "{}"}),
        ("sns", "publish", {"TopicArn": told["TOPIC_ARN"], "Message": "a"}),
    ]


@needs_ghostscript
def test_its_role_reaches_nothing(drawing: Library) -> None:
    itself = declared.function(drawing, POSTSCRIPT_HANDLER)
    for service, operation, arguments in attempts(drawing):
        with pytest.raises(ClientError) as refused:
            getattr(client_of(drawing, itself, service), operation)(**arguments)
        assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_without_ghostscript_the_start_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ghostscript, "COMMAND", "no-such-ghostscript")
    with (
        pytest.raises(StartError, match="drawn by Ghostscript"),
        open_library(tmp_path / "library", free_port(), postscript=True),
    ):
        pass
