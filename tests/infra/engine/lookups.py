"""Looks each declared type up: whether it is still there, and, of what a stack adopts, how it is set up."""

from collections.abc import Callable
from typing import Any

from local.emulator.clients import Aws
from local.provider import s3
from tests.infra.engine.calls import Call

# None: it is there as long as what it belongs to.
LOOKUPS: dict[str, Call | None] = {
    "aws:apigatewayv2/api:Api": Call("apigatewayv2", "get_api", {"ApiId": "id"}),
    "aws:apigatewayv2/authorizer:Authorizer": Call(
        "apigatewayv2", "get_authorizer", {"ApiId": "apiId", "AuthorizerId": "id"}
    ),
    "aws:apigatewayv2/integration:Integration": Call(
        "apigatewayv2", "get_integration", {"ApiId": "apiId", "IntegrationId": "id"}
    ),
    "aws:apigatewayv2/route:Route": Call("apigatewayv2", "get_route", {"ApiId": "apiId", "RouteId": "id"}),
    "aws:apigatewayv2/stage:Stage": Call("apigatewayv2", "get_stage", {"ApiId": "apiId", "StageName": "name"}),
    "aws:budgets/budget:Budget": Call("budgets", "describe_budget", {"AccountId": "accountId", "BudgetName": "name"}),
    "aws:cloudwatch/dashboard:Dashboard": Call("cloudwatch", "get_dashboard", {"DashboardName": "dashboardName"}),
    "aws:cloudwatch/logGroup:LogGroup": Call(
        "logs", "describe_log_groups", {"logGroupNamePrefix": "name"}, listed="logGroups"
    ),
    "aws:cloudwatch/metricAlarm:MetricAlarm": Call(
        "cloudwatch", "describe_alarms", {"AlarmNames": ["name"]}, listed="MetricAlarms"
    ),
    "aws:cognito/userPool:UserPool": Call("cognito-idp", "describe_user_pool", {"UserPoolId": "id"}),
    "aws:cognito/userPoolClient:UserPoolClient": Call(
        "cognito-idp", "describe_user_pool_client", {"UserPoolId": "userPoolId", "ClientId": "id"}
    ),
    "aws:dynamodb/table:Table": Call("dynamodb", "describe_table", {"TableName": "id"}),
    "aws:ec2/securityGroup:SecurityGroup": Call("ec2", "describe_security_groups", {"GroupIds": ["id"]}),
    "aws:ec2/subnet:Subnet": Call("ec2", "describe_subnets", {"SubnetIds": ["id"]}),
    "aws:ec2/vpc:Vpc": Call("ec2", "describe_vpcs", {"VpcIds": ["id"]}),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": Call("ecr", "get_lifecycle_policy", {"repositoryName": "repository"}),
    "aws:ecr/repository:Repository": Call("ecr", "describe_repositories", {"repositoryNames": ["name"]}),
    "aws:iam/role:Role": Call("iam", "get_role", {"RoleName": "name"}),
    "aws:iam/rolePolicy:RolePolicy": Call("iam", "get_role_policy", {"RoleName": "role", "PolicyName": "name"}),
    "aws:lambda/eventSourceMapping:EventSourceMapping": Call("lambda", "get_event_source_mapping", {"UUID": "id"}),
    "aws:lambda/function:Function": Call("lambda", "get_function", {"FunctionName": "name"}),
    "aws:lambda/permission:Permission": Call("lambda", "get_policy", {"FunctionName": "function"}),
    "aws:s3/bucket:Bucket": Call("s3", "head_bucket", {"Bucket": "id"}),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": Call(
        "s3", "get_bucket_lifecycle_configuration", {"Bucket": "bucket"}
    ),
    "aws:s3/bucketNotification:BucketNotification": Call(
        "s3", "get_bucket_notification_configuration", {"Bucket": "bucket"}
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": Call(
        "s3", "get_bucket_ownership_controls", {"Bucket": "bucket"}
    ),
    "aws:s3/bucketPolicy:BucketPolicy": Call("s3", "get_bucket_policy", {"Bucket": "bucket"}),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": Call(
        "s3", "get_public_access_block", {"Bucket": "bucket"}
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": Call(
        "s3", "get_bucket_encryption", {"Bucket": "bucket"}
    ),
    "aws:s3/bucketVersioning:BucketVersioning": Call("s3", "get_bucket_versioning", {"Bucket": "bucket"}),
    "aws:scheduler/schedule:Schedule": Call("scheduler", "get_schedule", {"Name": "name"}),
    "aws:sfn/stateMachine:StateMachine": Call("stepfunctions", "describe_state_machine", {"stateMachineArn": "id"}),
    "aws:sns/topic:Topic": Call("sns", "get_topic_attributes", {"TopicArn": "id"}),
    "aws:sns/topicPolicy:TopicPolicy": None,
    "aws:sns/topicSubscription:TopicSubscription": Call(
        "sns", "get_subscription_attributes", {"SubscriptionArn": "id"}
    ),
    "aws:sqs/queue:Queue": Call("sqs", "get_queue_attributes", {"QueueUrl": "id"}),
    "aws:sqs/queuePolicy:QueuePolicy": None,
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": None,
    "docker-build:index:Image": None,
}


Adopted = tuple[dict[str, Any], dict[str, Any]]


def bucket(aws: Aws, name: str) -> Adopted:
    """Return an adopted bucket's inputs and outputs."""
    return {"bucket": name}, s3.result(aws, name)[1]


def table(aws: Aws, name: str) -> Adopted:
    """Return an adopted table's inputs, as Pulumi spells them, and its outputs."""
    client = aws.client("dynamodb")
    found = client.describe_table(TableName=name)["Table"]
    recovery = client.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    ttl = client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    inputs = {
        "name": name,
        "billingMode": found["BillingModeSummary"]["BillingMode"],
        **_keys(found["KeySchema"]),
        "attributes": [
            {"name": each["AttributeName"], "type": each["AttributeType"]} for each in found["AttributeDefinitions"]
        ],
        "globalSecondaryIndexes": [_index(each) for each in found.get("GlobalSecondaryIndexes", [])],
        "ttl": {"attributeName": ttl.get("AttributeName"), "enabled": ttl["TimeToLiveStatus"] == "ENABLED"},
        "pointInTimeRecovery": {"enabled": _enabled(recovery["PointInTimeRecoveryDescription"], "PointInTimeRecovery")},
        "serverSideEncryption": {"enabled": _enabled(found.get("SSEDescription", {}), "")},
        "deletionProtectionEnabled": found.get("DeletionProtectionEnabled", False),
    }
    return inputs, {"name": name, "arn": found["TableArn"]}


def _enabled(description: dict[str, str], what: str) -> bool:
    return description.get(f"{what}Status") == "ENABLED"


def _keys(schema: list[dict[str, str]]) -> dict[str, str]:
    spelled = {"HASH": "hashKey", "RANGE": "rangeKey"}
    return {spelled[key["KeyType"]]: key["AttributeName"] for key in schema}


def _index(index: dict[str, Any]) -> dict[str, Any]:
    projection = index["Projection"]["ProjectionType"]
    return {"name": index["IndexName"], **_keys(index["KeySchema"]), "projectionType": projection}


ADOPTIONS: dict[str, Callable[[Aws, str], Adopted]] = {
    "aws:dynamodb/table:Table": table,
    "aws:s3/bucket:Bucket": bucket,
}


def is_there(aws: Aws, type_token: str, properties: dict[str, Any]) -> bool:
    """Tell whether AWS still has the resource."""
    call = LOOKUPS[type_token]
    return call is None or call.made(aws, properties)


def adopted(aws: Aws, type_token: str, identifier: str) -> Adopted:
    """Return the inputs and outputs of a resource from outside the stack. Raises KeyError where none is adopted."""
    return ADOPTIONS[type_token](aws, identifier)
