"""Names resources as Pulumi's AWS provider does: the logical name, and seven hex digits unless the name is declared."""

import re
import secrets
from dataclasses import dataclass
from typing import Any

DIGITS = 7
DEFAULTS = "__defaults"
# Of these AWS has one for all regions.
GLOBAL = ("aws:iam/", "aws:budgets/")


@dataclass(frozen=True)
class Rule:
    """AWS's rule for a type's name: the property that has it, the most characters, and the pattern of the whole."""

    most: int
    pattern: str = r"[\w.-]+"
    name: str = "name"


LOWER = r"[a-z0-9]+(?:[._-][a-z0-9]+)*"
RULES: dict[str, Rule] = {
    "aws:apigatewayv2/api:Api": Rule(128),
    "aws:apigatewayv2/authorizer:Authorizer": Rule(128),
    "aws:budgets/budget:Budget": Rule(100),
    "aws:cloudwatch/dashboard:Dashboard": Rule(255, r"[A-Za-z0-9_-]+", "dashboardName"),
    "aws:cloudwatch/logGroup:LogGroup": Rule(512),
    "aws:cloudwatch/metricAlarm:MetricAlarm": Rule(255),
    "aws:cognito/userPool:UserPool": Rule(128),
    "aws:cognito/userPoolClient:UserPoolClient": Rule(128),
    "aws:dynamodb/table:Table": Rule(255),
    "aws:ec2/securityGroup:SecurityGroup": Rule(255),
    "aws:ecr/repository:Repository": Rule(256, LOWER),
    "aws:iam/role:Role": Rule(64),
    "aws:iam/rolePolicy:RolePolicy": Rule(128),
    "aws:lambda/function:Function": Rule(64, r"[A-Za-z0-9_-]+"),
    "aws:lambda/permission:Permission": Rule(100, r"[A-Za-z0-9_-]+", "statementId"),
    "aws:s3/bucket:Bucket": Rule(63, r"[a-z0-9][a-z0-9.-]+[a-z0-9]", "bucket"),
    "aws:scheduler/schedule:Schedule": Rule(64),
    "aws:sfn/stateMachine:StateMachine": Rule(80),
    "aws:sns/topic:Topic": Rule(256, r"[A-Za-z0-9_-]+"),
    "aws:sqs/queue:Queue": Rule(80, r"[A-Za-z0-9_-]+"),
}


class NameRefusedError(ValueError):
    """AWS does not take this name; the message says why."""


def name_of(type_token: str, logical: str, inputs: dict[str, Any]) -> str:
    """Return the resource's name in AWS, or its logical one where AWS has no name for the type."""
    rule = RULES.get(type_token)
    return str(inputs.get(rule.name, logical)) if rule else logical


def with_defaults(
    type_token: str, logical: str, region: str, news: dict[str, Any], olds: dict[str, Any]
) -> dict[str, Any]:
    """Add to the inputs what the provider chooses: a name, which is kept from then on, and the region.

    Raises NameRefusedError.
    """
    defaults: dict[str, Any] = {} if type_token.startswith(GLOBAL) else {"region": region}
    rule = RULES.get(type_token)
    if rule and rule.name not in news:
        kept = olds.get(rule.name) if rule.name in olds.get(DEFAULTS, []) else None
        defaults[rule.name] = kept or f"{logical}-{secrets.token_hex(4)[:DIGITS]}"
    merged = {**defaults, **news}
    if rule:
        _check(rule, merged[rule.name])
    return {**merged, DEFAULTS: sorted(set(defaults) - set(news))}


def declared(inputs: dict[str, Any]) -> dict[str, Any]:
    """Return the inputs without what the provider has added."""
    defaults = {DEFAULTS, *inputs.get(DEFAULTS, [])}
    return {key: value for key, value in inputs.items() if key not in defaults}


def _check(rule: Rule, name: Any) -> None:
    if isinstance(name, str) and len(name) > rule.most:
        raise NameRefusedError(f"{rule.name} {name!r} has {len(name)} characters, AWS takes {rule.most}")
    if isinstance(name, str) and not re.fullmatch(rule.pattern, name):
        raise NameRefusedError(f"{rule.name} {name!r} has characters that AWS does not take")
