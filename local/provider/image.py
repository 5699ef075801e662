"""Stands in for the functions' image with a zip of the same files, which this machine's Python runs."""

import base64
import hashlib
from typing import Any

from local.emulator.clients import Aws
from local.provider.function_zip import bundle
from local.provider.result import Result


def repository(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Create the repository, which stays empty: nothing is pushed on this machine."""
    scanning = {"scanOnPush": inputs["imageScanningConfiguration"]["scanOnPush"]}
    made = aws.client("ecr").create_repository(repositoryName=name, imageScanningConfiguration=scanning)["repository"]
    return name, {
        "name": name,
        "arn": made["repositoryArn"],
        "repositoryUrl": made["repositoryUri"],
        "registryId": made["registryId"],
    }


def lifecycle_policy(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Put the repository's lifecycle policy."""
    aws.client("ecr").put_lifecycle_policy(repositoryName=inputs["repository"], lifecyclePolicyText=inputs["policy"])
    return name, {}


def build(_aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Return the digest of the image's files."""
    digest = f"sha256:{hashlib.sha256(bundle()).hexdigest()}"
    return name, {"digest": digest, "ref": f"{inputs['tags'][0]}@{digest}"}


def login(aws: Aws, arguments: dict[str, Any]) -> dict[str, Any]:
    """Return a user name and password for the registry."""
    registry = [arguments["registryId"]]
    granted = aws.client("ecr").get_authorization_token(registryIds=registry)["authorizationData"][0]
    user, _, password = base64.b64decode(granted["authorizationToken"]).decode().partition(":")
    return {"userName": user, "password": password, "proxyEndpoint": granted["proxyEndpoint"]}
