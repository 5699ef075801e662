"""How the functions' clients speak to what they are pointed at."""

from typing import Any

import pytest

from function.bootstrap import clients
from function.contract.environment import Variable
from function.settings.settings import ENDPOINT

STORE = {
    Variable.S3_ENDPOINT: "http://nas.example:9000",
    Variable.S3_REGION: "us-east-1",
    Variable.S3_ACCESS_KEY: "key",
    Variable.S3_SECRET_KEY: "secret",
}


class AskedError(Exception):
    """What would have been sent to S3, with its headers."""


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes the client that a function with this environment has."""

    def made(**environment: str) -> Any:
        for name, value in {"AWS_DEFAULT_REGION": "us-east-1", **environment}.items():
            monkeypatch.setenv(name, value)
        return clients.client.__wrapped__("s3")

    return made


def test_only_on_the_way_to_the_embedded_aws_a_rendition_goes_without_its_signature(s3: Any) -> None:
    assert s3().meta.config.s3.get("payload_signing_enabled") is None
    assert s3(**{ENDPOINT: "http://127.0.0.1:4566"}).meta.config.s3["payload_signing_enabled"] is False
    # The buckets lie in another store, on another machine perhaps, and the rest in the embedded AWS.
    assert s3(**STORE).meta.config.s3.get("payload_signing_enabled") is None


def test_s3_is_not_asked_ahead_of_an_upload_whether_it_would_take_it(s3: Any) -> None:
    def keep(request: Any, **_: Any) -> None:
        raise AskedError(request.headers)

    made = s3(AWS_ACCESS_KEY_ID="key", AWS_SECRET_ACCESS_KEY="secret")
    made.meta.events.register("before-send.s3.PutObject", keep)
    with pytest.raises(AskedError) as asked:
        made.put_object(Bucket="renditions", Key="64/a.jpg.jpg", Body=b"a rendition")
    assert "Expect" not in asked.value.args[0]
