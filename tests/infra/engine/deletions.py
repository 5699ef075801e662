"""Deletes each declared type: a table of calls. Every type that can be made is in it."""

from typing import Any

from local.emulator.clients import Aws
from tests.infra.engine.calls import Call


def _api(operation: str, **arguments: str | list[str]) -> Call:
    return Call("apigatewayv2", operation, arguments)


def _bucket(operation: str, **constants: Any) -> Call:
    return Call("s3", operation, {"Bucket": "bucket"}, constants)


def _queue(attribute: str) -> Call:
    return Call("sqs", "set_queue_attributes", {"QueueUrl": "queueUrl"}, {"Attributes": {attribute: ""}})


# None: AWS has nothing to delete, it goes with what it belongs to.
DELETIONS: dict[str, Call | None] = {
    "aws:apigatewayv2/api:Api": _api("delete_api", ApiId="id"),
    "aws:apigatewayv2/authorizer:Authorizer": _api("delete_authorizer", ApiId="apiId", AuthorizerId="id"),
    "aws:apigatewayv2/integration:Integration": _api("delete_integration", ApiId="apiId", IntegrationId="id"),
    "aws:apigatewayv2/route:Route": _api("delete_route", ApiId="apiId", RouteId="id"),
    "aws:apigatewayv2/stage:Stage": _api("delete_stage", ApiId="apiId", StageName="name"),
    "aws:budgets/budget:Budget": Call("budgets", "delete_budget", {"AccountId": "accountId", "BudgetName": "name"}),
    "aws:cloudwatch/dashboard:Dashboard": Call(
        "cloudwatch", "delete_dashboards", {"DashboardNames": ["dashboardName"]}
    ),
    "aws:cloudwatch/logGroup:LogGroup": Call("logs", "delete_log_group", {"logGroupName": "name"}),
    "aws:cloudwatch/metricAlarm:MetricAlarm": Call("cloudwatch", "delete_alarms", {"AlarmNames": ["name"]}),
    "aws:cognito/userPool:UserPool": Call("cognito-idp", "delete_user_pool", {"UserPoolId": "id"}),
    "aws:cognito/userPoolClient:UserPoolClient": Call(
        "cognito-idp", "delete_user_pool_client", {"UserPoolId": "userPoolId", "ClientId": "id"}
    ),
    "aws:dynamodb/table:Table": Call("dynamodb", "delete_table", {"TableName": "name"}),
    "aws:ec2/securityGroup:SecurityGroup": Call("ec2", "delete_security_group", {"GroupId": "id"}),
    "aws:ec2/subnet:Subnet": Call("ec2", "delete_subnet", {"SubnetId": "id"}),
    "aws:ec2/vpc:Vpc": Call("ec2", "delete_vpc", {"VpcId": "id"}),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": Call("ecr", "delete_lifecycle_policy", {"repositoryName": "repository"}),
    "aws:ecr/repository:Repository": Call(
        "ecr", "delete_repository", {"repositoryName": "name", "force": "forceDelete"}
    ),
    "aws:iam/role:Role": Call("iam", "delete_role", {"RoleName": "name"}),
    "aws:iam/rolePolicy:RolePolicy": Call("iam", "delete_role_policy", {"RoleName": "role", "PolicyName": "name"}),
    "aws:lambda/eventSourceMapping:EventSourceMapping": Call("lambda", "delete_event_source_mapping", {"UUID": "id"}),
    "aws:lambda/function:Function": Call("lambda", "delete_function", {"FunctionName": "name"}),
    "aws:lambda/permission:Permission": Call(
        "lambda", "remove_permission", {"FunctionName": "function", "StatementId": "statementId"}
    ),
    "aws:s3/bucket:Bucket": _bucket("delete_bucket"),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": _bucket("delete_bucket_lifecycle"),
    "aws:s3/bucketNotification:BucketNotification": _bucket(
        "put_bucket_notification_configuration", NotificationConfiguration={}
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": _bucket("delete_bucket_ownership_controls"),
    "aws:s3/bucketPolicy:BucketPolicy": _bucket("delete_bucket_policy"),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": _bucket("delete_public_access_block"),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": _bucket(
        "delete_bucket_encryption"
    ),
    "aws:s3/bucketVersioning:BucketVersioning": _bucket(
        "put_bucket_versioning", VersioningConfiguration={"Status": "Suspended"}
    ),
    "aws:scheduler/schedule:Schedule": Call("scheduler", "delete_schedule", {"Name": "name"}),
    "aws:sfn/stateMachine:StateMachine": Call("stepfunctions", "delete_state_machine", {"stateMachineArn": "id"}),
    "aws:sns/topic:Topic": Call("sns", "delete_topic", {"TopicArn": "id"}),
    "aws:sns/topicPolicy:TopicPolicy": None,
    "aws:sns/topicSubscription:TopicSubscription": Call("sns", "unsubscribe", {"SubscriptionArn": "id"}),
    "aws:sqs/queue:Queue": Call("sqs", "delete_queue", {"QueueUrl": "id"}),
    "aws:sqs/queuePolicy:QueuePolicy": _queue("Policy"),
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": _queue("RedriveAllowPolicy"),
    "docker-build:index:Image": None,
}


def delete(aws: Aws, type_token: str, properties: dict[str, Any]) -> None:
    """Delete the resource; one that is gone already is no error."""
    if type_token == "aws:s3/bucket:Bucket" and properties.get("forceDestroy"):
        _empty(aws, properties["bucket"])
    if call := DELETIONS[type_token]:
        call.made(aws, properties)


def _empty(aws: Aws, bucket: str) -> None:
    for page in aws.s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
        listed = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
        found = [{"Key": entry["Key"], "VersionId": entry["VersionId"]} for entry in listed]
        if found:
            aws.client("s3").delete_objects(Bucket=bucket, Delete={"Objects": found})
