"""Creates roles and their policies."""

from typing import Any

from local.emulator.clients import Aws
from local.provider.result import Result


def role(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Create or update a role with its trust policy."""
    created = aws.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=inputs["assumeRolePolicy"])
    return name, {"name": name, "arn": created["Role"]["Arn"]}


def role_policy(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Put a role's inline policy."""
    aws.client("iam").put_role_policy(RoleName=inputs["role"], PolicyName=name, PolicyDocument=inputs["policy"])
    return f"{inputs['role']}:{name}", {"name": name}
