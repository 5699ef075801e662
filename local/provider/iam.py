"""Roles and what they allow."""

from typing import Any

from local.emulator.clients import Aws

Made = tuple[str, dict[str, Any]]


def role(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """A role and who may take it on."""
    made = aws.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=inputs["assumeRolePolicy"])
    return name, {"name": name, "arn": made["Role"]["Arn"]}


def role_policy(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """What a role may do."""
    aws.client("iam").put_role_policy(RoleName=inputs["role"], PolicyName=name, PolicyDocument=inputs["policy"])
    return f"{inputs['role']}:{name}", {"name": name}
