"""Updates each declared type in place: by a table of calls, or by making it once more where that is the same."""

from collections.abc import Callable
from typing import Any

from local.emulator.clients import Aws, pascal, pick
from local.provider import dynamodb

Properties = dict[str, Any]


def nothing(aws: Aws, properties: Properties) -> None:
    """Change nothing in AWS: what changed concerns the deletion alone, or the state."""


def authorizer(aws: Aws, properties: Properties) -> None:
    """Change the issuer and the audience of tokens."""
    jwt = properties["jwtConfiguration"]
    aws.client("apigatewayv2").update_authorizer(
        ApiId=properties["apiId"],
        AuthorizerId=properties["id"],
        IdentitySource=properties["identitySources"],
        JwtConfiguration={"Issuer": jwt["issuer"], "Audience": jwt["audiences"]},
    )


def integration(aws: Aws, properties: Properties) -> None:
    """Change the function behind the API."""
    aws.client("apigatewayv2").update_integration(
        IntegrationId=properties["id"],
        **pick(properties, "apiId", "integrationUri", "integrationMethod", "payloadFormatVersion"),
    )


def route(aws: Aws, properties: Properties) -> None:
    """Change a route."""
    names = ("apiId", "routeKey", "target", "authorizationType", "authorizerId")
    aws.client("apigatewayv2").update_route(RouteId=properties["id"], **pick(properties, *names))


def stage(aws: Aws, properties: Properties) -> None:
    """Change the limits of requests."""
    settings = pascal(properties["defaultRouteSettings"])
    aws.client("apigatewayv2").update_stage(
        StageName=properties["name"], DefaultRouteSettings=settings, **pick(properties, "apiId", "autoDeploy")
    )


def budget(aws: Aws, properties: Properties) -> None:
    """Change how much a month may cost."""
    limit = {"Amount": properties["limitAmount"], "Unit": properties["limitUnit"]}
    aws.client("budgets").update_budget(
        AccountId=properties["accountId"],
        NewBudget={
            "BudgetName": properties["name"],
            "BudgetLimit": limit,
            **pick(properties, "timeUnit", "budgetType"),
        },
    )


def log_group(aws: Aws, properties: Properties) -> None:
    """Change how long logs are kept."""
    aws.client("logs").put_retention_policy(
        logGroupName=properties["name"], retentionInDays=properties["retentionInDays"]
    )


def user_pool(aws: Aws, properties: Properties) -> None:
    """Change a pool's rules; its users stay."""
    names = ("autoVerifiedAttributes", "adminCreateUserConfig", "accountRecoverySetting", "deletionProtection")
    aws.client("cognito-idp").update_user_pool(
        UserPoolId=properties["id"],
        Policies={"PasswordPolicy": pascal(properties["passwordPolicy"])},
        **pick(properties, *names),
    )


def table(aws: Aws, properties: Properties) -> None:
    """Change what of a table can be changed: when items expire, its backups, and whether AWS refuses to delete it."""
    dynamodb.table(aws, properties["name"], properties)
    protected = properties["deletionProtectionEnabled"]
    aws.client("dynamodb").update_table(TableName=properties["name"], DeletionProtectionEnabled=protected)


def role(aws: Aws, properties: Properties) -> None:
    """Change which service may take on the role."""
    trust = properties["assumeRolePolicy"]
    aws.client("iam").update_assume_role_policy(RoleName=properties["name"], PolicyDocument=trust)


def function(aws: Aws, properties: Properties) -> None:
    """Change a function's configuration; its code is this checkout's in any case."""
    names = ("role", "memorySize", "timeout", "loggingConfig", "tracingConfig", "vpcConfig")
    aws.client("lambda").update_function_configuration(
        FunctionName=properties["name"],
        Environment={"Variables": properties["environment"]["variables"]},
        **pick(properties, *names),
    )


def event_source_mapping(aws: Aws, properties: Properties) -> None:
    """Change how messages are handed over."""
    names = ("functionName", "batchSize", "functionResponseTypes", "scalingConfig")
    aws.client("lambda").update_event_source_mapping(UUID=properties["id"], **pick(properties, *names))


def repository(aws: Aws, properties: Properties) -> None:
    """Change whether images are scanned."""
    scanning = {"scanOnPush": properties["imageScanningConfiguration"]["scanOnPush"]}
    aws.client("ecr").put_image_scanning_configuration(
        repositoryName=properties["name"], imageScanningConfiguration=scanning
    )


def state_machine(aws: Aws, properties: Properties) -> None:
    """Change a state machine's definition."""
    aws.client("stepfunctions").update_state_machine(
        stateMachineArn=properties["id"], definition=properties["definition"], roleArn=properties["roleArn"]
    )


def schedule(aws: Aws, properties: Properties) -> None:
    """Change a schedule."""
    target = properties["target"]
    aws.client("scheduler").update_schedule(
        Name=properties["name"],
        ScheduleExpression=properties["scheduleExpression"],
        FlexibleTimeWindow={"Mode": properties["flexibleTimeWindow"]["mode"]},
        Target={"Arn": target["arn"], "RoleArn": target["roleArn"], "Input": target["input"]},
    )


# A type that is not here is made once more: that brings what is there up to date.
UPDATES: dict[str, Callable[[Aws, Properties], None]] = {
    "aws:apigatewayv2/api:Api": nothing,
    "aws:apigatewayv2/authorizer:Authorizer": authorizer,
    "aws:apigatewayv2/integration:Integration": integration,
    "aws:apigatewayv2/route:Route": route,
    "aws:apigatewayv2/stage:Stage": stage,
    "aws:budgets/budget:Budget": budget,
    "aws:cloudwatch/logGroup:LogGroup": log_group,
    "aws:cognito/userPool:UserPool": user_pool,
    "aws:dynamodb/table:Table": table,
    "aws:ec2/securityGroup:SecurityGroup": nothing,
    "aws:ec2/subnet:Subnet": nothing,
    "aws:ec2/vpc:Vpc": nothing,
    "aws:ecr/repository:Repository": repository,
    "aws:iam/role:Role": role,
    "aws:lambda/eventSourceMapping:EventSourceMapping": event_source_mapping,
    "aws:lambda/function:Function": function,
    "aws:s3/bucket:Bucket": nothing,
    "aws:scheduler/schedule:Schedule": schedule,
    "aws:sfn/stateMachine:StateMachine": state_machine,
}
