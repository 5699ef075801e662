"""Functions, run by this machine's Python: the declared handler, environment, time-out, memory and role."""

import sys
from typing import Any

from local.aws import Aws, chosen
from local.bundle import bundle

Made = tuple[str, dict[str, Any]]


def function(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """The function, whose image is replaced by the bundle of the same files."""
    made = aws.client("lambda").create_function(
        FunctionName=name,
        Runtime=f"python{sys.version_info.major}.{sys.version_info.minor}",
        Handler=inputs["imageConfig"]["commands"][0],
        Code={"ZipFile": bundle()},
        Environment={"Variables": inputs["environment"]["variables"]},
        **chosen(inputs, "role", "memorySize", "timeout", "architectures", "loggingConfig", "tracingConfig"),
    )
    arn = made["FunctionArn"]
    invoke = f"arn:aws:apigateway:{aws.region}:lambda:path/2015-03-31/functions/{arn}/invocations"
    return name, {"name": name, "arn": arn, "invokeArn": invoke}


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
