"""The origin of a bucket, which the gallery's page may show pictures from: that of the SDK's presigned URLs."""

from urllib.parse import urlsplit

import boto3
import pytest
from botocore.config import Config

from function.contract.environment import Variable
from infra.storage import origin
from local.stack.program import Declared
from tests.infra.conftest import named

# As the functions make their client.
CONFIG = Config(signature_version="s3v4", s3={"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"})


@pytest.mark.parametrize("region", ["eu-west-1", "us-east-1", "us-west-2", "cn-north-1", "us-gov-west-1"])
@pytest.mark.parametrize("bucket", ["renditions-1a2b3c4", "photos.example.org", "abc"])
def test_the_origin_is_that_of_signed_urls(region: str, bucket: str) -> None:
    client = boto3.client("s3", region, config=CONFIG, aws_access_key_id="key", aws_secret_access_key="secret")
    url = urlsplit(client.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "512/a.jpg"}))
    assert origin(bucket, region) == f"{url.scheme}://{url.netloc}"


def test_the_api_gets_the_origin_of_its_renditions(dev: Declared) -> None:
    (api,) = (
        found for found in dev.resources if found.inputs.get("environment", {}).get("variables", {}).get("SIGN_IN")
    )
    bucket = str(named(dev, "-renditions").outputs["bucket"])
    variables = api.inputs["environment"]["variables"]
    assert variables[Variable.RENDITIONS_ORIGIN] == f"https://{bucket}.s3.eu-west-1.amazonaws.com"
