"""Makes clients of the embedded AWS, and converts Pulumi's property names to AWS's."""

from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.session import Session

from function.bootstrap import botocore_models

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient
    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_s3 import S3Client
    from types_boto3_sqs import SQSClient


@dataclass(frozen=True)
class Aws:
    """The client settings for the embedded AWS's root user, or for the owner of another store."""

    endpoint: str
    region: str
    access_key: str
    secret_key: str = field(repr=False)

    def client(self, service: str) -> Any:
        """Return a client of the service; cached."""
        return _client(self, service)

    @cached_property
    def s3(self) -> "S3Client":
        """Return the S3 client."""
        client: S3Client = self.client("s3")
        return client

    @cached_property
    def sqs(self) -> "SQSClient":
        """Return the SQS client."""
        client: SQSClient = self.client("sqs")
        return client

    @cached_property
    def dynamodb(self) -> "DynamoDBClient":
        """Return the DynamoDB client."""
        client: DynamoDBClient = self.client("dynamodb")
        return client

    @cached_property
    def cognito(self) -> "CognitoIdentityProviderClient":
        """Return the Cognito client."""
        client: CognitoIdentityProviderClient = self.client("cognito-idp")
        return client


@cache
def _session() -> boto3.Session:
    session = Session()
    session.register_component("data_loader", botocore_models.loader())
    return boto3.Session(botocore_session=session)


@lru_cache
def _client(aws: Aws, service: str) -> Any:
    return _session().client(  # type: ignore[call-overload]  # the service's name is a variable
        service,
        endpoint_url=aws.endpoint,
        region_name=aws.region,
        aws_access_key_id=aws.access_key,
        aws_secret_access_key=aws.secret_key,
        config=Config(
            s3={"addressing_style": "path", "payload_signing_enabled": False},
            signature_version="v4",
            max_pool_connections=32,
            # TCP has checksums of its own, so that stores and the embedded AWS need not verify others.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )


def pascal(value: Any) -> Any:
    """Convert Pulumi's camelCase names to AWS's PascalCase, at every depth, and whole floats to integers."""
    if isinstance(value, dict):
        return {key[:1].upper() + key[1:]: pascal(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [pascal(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def pick(inputs: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return the named properties in AWS's spelling, without absent ones."""
    return {key: value for key, value in pascal({n: inputs.get(n) for n in names}).items() if value is not None}
