"""Creates functions, run by this machine's Python or in the image, with the declared handler, environment and role."""

import platform
import sys
from typing import Any

from local.emulator.clients import Aws, pick
from local.provider.function_zip import bundle
from local.provider.result import Result


def function(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Create the function from a zip of the image's files."""
    python = f"python{sys.version_info.major}.{sys.version_info.minor}"
    handler = inputs["imageConfig"]["commands"][0]
    code = {"Runtime": python, "Handler": handler, "Code": {"ZipFile": bundle()}}
    return _create(aws, name, inputs, {**code, **pick(inputs, "architectures")})


def image_function(aws: Aws, name: str, inputs: dict[str, Any], *, image: str) -> Result:
    """Create the function from an image on this machine, built for its processor."""
    code = {"PackageType": "Image", "Code": {"ImageUri": image}}
    command = {"Command": inputs["imageConfig"]["commands"]}
    return _create(aws, name, inputs, {**code, "ImageConfig": command, "Architectures": [_architecture()]})


def _create(aws: Aws, name: str, inputs: dict[str, Any], code: dict[str, Any]) -> Result:
    created = aws.client("lambda").create_function(
        FunctionName=name,
        Environment={"Variables": inputs["environment"]["variables"]},
        **code,
        **pick(inputs, "role", "memorySize", "timeout", "loggingConfig", "tracingConfig", "vpcConfig"),
    )
    arn = created["FunctionArn"]
    invoke = f"arn:aws:apigateway:{aws.region}:lambda:path/2015-03-31/functions/{arn}/invocations"
    return name, {"name": name, "arn": arn, "invokeArn": invoke}


def _architecture() -> str:
    return "arm64" if platform.machine() in ("arm64", "aarch64") else "x86_64"


def event_source_mapping(aws: Aws, _name: str, inputs: dict[str, Any]) -> Result:
    """Create the event source mapping from a queue to a function."""
    names = ("eventSourceArn", "functionName", "batchSize", "functionResponseTypes", "scalingConfig")
    created = aws.client("lambda").create_event_source_mapping(**pick(inputs, *names))
    return created["UUID"], {"uuid": created["UUID"]}


def permission(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Add a permission to invoke the function."""
    aws.client("lambda").add_permission(
        FunctionName=inputs["function"], StatementId=name, **pick(inputs, "action", "principal", "sourceArn")
    )
    return name, {"statementId": name}
