"""Creates state machines."""

from typing import Any

from local.emulator.clients import Aws
from local.provider.result import Result


def state_machine(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Create the state machine; it is not kept between runs."""
    created = aws.client("stepfunctions").create_state_machine(
        name=name, definition=inputs["definition"], roleArn=inputs["roleArn"], type=inputs.get("type", "STANDARD")
    )
    return created["stateMachineArn"], {"arn": created["stateMachineArn"], "name": name}
