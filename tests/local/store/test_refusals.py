"""A store that cannot be used is named with what to check, in one line without a library's own words."""

from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from local.emulator.process import StartError
from local.makers import other_store


def store(error: Exception) -> Any:
    def head_bucket(**_: object) -> None:
        raise error

    return SimpleNamespace(aws=SimpleNamespace(endpoint="http://nas:9000", s3=SimpleNamespace(head_bucket=head_bucket)))


def refusal(status: int) -> ClientError:
    response: Any = {"Error": {"Code": str(status), "Message": "Why"}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(response, "HeadBucket")


@pytest.mark.parametrize(
    ("error", "check"),
    [
        (refusal(403), "S3_ACCESS_KEY, S3_SECRET_KEY"),
        (refusal(401), "S3_ACCESS_KEY, S3_SECRET_KEY"),
        (refusal(409), "S3_ORIGINALS and S3_RENDITIONS"),
        (refusal(501), "S3_ENDPOINT"),
        (BotoCoreError(), "S3_ENDPOINT"),
    ],
)
def test_a_store_that_refuses_is_named_with_what_to_check(error: Exception, check: str) -> None:
    with pytest.raises(StartError) as refused:
        other_store.make(store(error), "aws:s3/bucket:Bucket", "safelight-dev-originals", {})
    said = str(refused.value)
    assert "http://nas:9000" in said
    assert check in said
    assert not {"HeadBucket", "Why", "\n"} & {word for word in ("HeadBucket", "Why", "\n") if word in said}
