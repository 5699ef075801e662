"""How the functions' clients speak to what they are pointed at."""

from typing import Any

import pytest

from function.bootstrap import clients
from function.contract import Variable
from function.settings import ENDPOINT

STORE = {
    Variable.S3_ENDPOINT: "http://nas.example:9000",
    Variable.S3_REGION: "us-east-1",
    Variable.S3_ACCESS_KEY: "key",
    Variable.S3_SECRET_KEY: "secret",
}


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
