"""A small `aws`: the commands of the documentation, turned into calls of the embedded AWS by the SDK's own models.

A parameter that the operation does not have, or lacks, is refused as by the AWS CLI.
"""

import json
import re
import sys
from typing import Any

import boto3
from botocore import xform_name


def main(arguments: list[str]) -> None:
    """Make one call and print its answer."""
    service, command, *rest = arguments
    client: Any = boto3.client(service)  # type: ignore[call-overload]  # the service's name is a variable
    if command == "wait":
        client.get_waiter(rest[0].replace("-", "_")).wait(**_parameters(client, rest[0], rest[1:]))
        return
    operation = command.replace("-", "_")
    answer = getattr(client, operation)(**_parameters(client, operation, rest))
    answer.pop("ResponseMetadata")
    print(json.dumps(answer, default=str))


def _parameters(client: Any, operation: str, rest: list[str]) -> dict[str, Any]:
    names = client.meta.method_to_api_mapping
    model = client.meta.service_model.operation_model(names.get(operation, "DescribeTable"))
    members = {"--" + xform_name(name, "-"): (name, shape) for name, shape in model.input_shape.members.items()}
    given: dict[str, Any] = {}
    while rest:
        name, shape = members[rest.pop(0)]
        taken = []
        while rest and not rest[0].startswith("--"):
            taken.append(rest.pop(0))
        given[name] = _value(shape, taken)
    return given


def _value(shape: Any, taken: list[str]) -> Any:
    if shape.type_name == "boolean":
        return True
    if shape.type_name == "list":
        return [_structure(text) if "=" in text else text for text in taken]
    return int(taken[0]) if shape.type_name in ("integer", "long") else taken[0]


def _structure(text: str) -> dict[str, str]:
    return dict(re.findall(r"(\w+)=([^,]*)", text))


if __name__ == "__main__":
    main(sys.argv[1:])
