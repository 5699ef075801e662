"""Functions, run by this machine's Python or in the image: the declared handler, environment, time-out and role."""

import platform
import sys
from typing import Any

from local.emulator.clients import Aws, chosen
from local.provider.function_zip import bundle

Made = tuple[str, dict[str, Any]]


def function(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """The function, whose image is replaced by the bundle of the same files."""
    python = f"python{sys.version_info.major}.{sys.version_info.minor}"
    handler = inputs["imageConfig"]["commands"][0]
    code = {"Runtime": python, "Handler": handler, "Code": {"ZipFile": bundle()}}
    return _made(aws, name, inputs, {**code, **chosen(inputs, "architectures")})


def image_function(aws: Aws, name: str, inputs: dict[str, Any], *, image: str) -> Made:
    """The function in an image that is on this machine, built for its processor."""
    code = {"PackageType": "Image", "Code": {"ImageUri": image}}
    command = {"Command": inputs["imageConfig"]["commands"]}
    return _made(aws, name, inputs, {**code, "ImageConfig": command, "Architectures": [_architecture()]})


def _made(aws: Aws, name: str, inputs: dict[str, Any], code: dict[str, Any]) -> Made:
    made = aws.client("lambda").create_function(
        FunctionName=name,
        Environment={"Variables": inputs["environment"]["variables"]},
        **code,
        **chosen(inputs, "role", "memorySize", "timeout", "loggingConfig", "tracingConfig", "vpcConfig"),
    )
    arn = made["FunctionArn"]
    invoke = f"arn:aws:apigateway:{aws.region}:lambda:path/2015-03-31/functions/{arn}/invocations"
    return name, {"name": name, "arn": arn, "invokeArn": invoke}


def _architecture() -> str:
    return "arm64" if platform.machine() in ("arm64", "aarch64") else "x86_64"


def event_source_mapping(aws: Aws, _name: str, inputs: dict[str, Any]) -> Made:
    """The mapping that hands the queue's messages to the function."""
    names = ("eventSourceArn", "functionName", "batchSize", "functionResponseTypes", "scalingConfig")
    made = aws.client("lambda").create_event_source_mapping(**chosen(inputs, *names))
    return made["UUID"], {"uuid": made["UUID"]}


def permission(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """Who else may call the function."""
    aws.client("lambda").add_permission(
        FunctionName=inputs["function"], StatementId=name, **chosen(inputs, "action", "principal", "sourceArn")
    )
    return name, {"statementId": name}
