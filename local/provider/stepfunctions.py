"""State machines."""

from typing import Any

from local.emulator.clients import Aws

Made = tuple[str, dict[str, Any]]


def state_machine(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """The state machine, which is declared anew at each start."""
    made = aws.client("stepfunctions").create_state_machine(
        name=name, definition=inputs["definition"], roleArn=inputs["roleArn"], type=inputs.get("type", "STANDARD")
    )
    return made["stateMachineArn"], {"arn": made["stateMachineArn"], "name": name}
