"""Records resources without creating them, with outputs in AWS's form, for tests and for comparisons."""

from dataclasses import dataclass
from typing import Any

ACCOUNT = "123456789012"
ZONES = "aws:index/getAvailabilityZones:getAvailabilityZones"


@dataclass(frozen=True)
class Recorder:
    """A maker that creates nothing; with `unknown` the outputs are unknown, as in a preview."""

    region: str = "eu-west-1"
    unknown: bool = False

    def make(self, type_token: str, name: str, inputs: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """Return the id of a resource and the outputs that the program reads."""
        if self.unknown:
            return "", inputs
        service = type_token.split(":")[1].split("/", maxsplit=1)[0]
        identity = {"name": name, "arn": f"arn:aws:{service}:{self.region}:{ACCOUNT}:{name}"}
        outputs = {**identity, **inputs, **self._compute(type_token, name)}
        return str(outputs.get("id", f"{name}-id")), outputs

    def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002 - a few are called
        """Return the region's availability zones, or an ECR login."""
        if token == ZONES:
            return {"names": [f"{self.region}{letter}" for letter in "abc"]}
        return {"userName": "AWS", "password": "recorded"}

    def _compute(self, type_token: str, name: str) -> dict[str, Any]:
        computed: dict[str, dict[str, Any]] = {
            "aws:s3/bucket:Bucket": {"id": name, "bucket": name, "arn": f"arn:aws:s3:::{name}"},
            "aws:sqs/queue:Queue": {"url": f"https://sqs.{self.region}.amazonaws.com/{ACCOUNT}/{name}"},
            "aws:dynamodb/table:Table": {"arn": f"arn:aws:dynamodb:{self.region}:{ACCOUNT}:table/{name}"},
            "aws:iam/role:Role": {"id": name, "arn": f"arn:aws:iam::{ACCOUNT}:role/{name}"},
            "aws:cloudwatch/logGroup:LogGroup": {
                "arn": f"arn:aws:logs:{self.region}:{ACCOUNT}:log-group:{name}",
            },
            "aws:ecr/repository:Repository": {
                "repositoryUrl": f"{ACCOUNT}.dkr.ecr.{self.region}.amazonaws.com/{name}",
                "registryId": ACCOUNT,
            },
            "docker-build:index:Image": {"digest": "sha256:" + "0" * 64, "ref": f"{name}:latest"},
            "aws:lambda/function:Function": {
                "arn": f"arn:aws:lambda:{self.region}:{ACCOUNT}:function:{name}",
                "invokeArn": f"arn:aws:apigateway:{self.region}:lambda:path/2015-03-31/functions/{name}/invocations",
            },
            "aws:apigatewayv2/api:Api": {
                "apiEndpoint": f"https://{name}.execute-api.{self.region}.amazonaws.com",
                "executionArn": f"arn:aws:execute-api:{self.region}:{ACCOUNT}:{name}",
            },
            "aws:cognito/userPool:UserPool": {
                "id": f"{self.region}_{name}",
                "endpoint": f"cognito-idp.{self.region}.amazonaws.com/{self.region}_{name}",
            },
        }
        return computed.get(type_token, {})
