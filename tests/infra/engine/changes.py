"""Compares declared inputs as the AWS provider does: what changed, and what of it makes a new resource."""

from typing import Any

from tests.infra.engine.naming import DEFAULTS, RULES
from tests.infra.engine.values import has_unknown

BUCKET_SETTING = ("bucket",)
WHOLE = ("*",)
# Beside the region and the name, which make a new resource of every type.
REPLACING: dict[str, tuple[str, ...]] = {
    "aws:apigatewayv2/api:Api": ("protocolType",),
    "aws:apigatewayv2/authorizer:Authorizer": ("apiId",),
    "aws:apigatewayv2/integration:Integration": ("apiId", "integrationType"),
    "aws:apigatewayv2/route:Route": ("apiId",),
    "aws:apigatewayv2/stage:Stage": ("apiId", "name"),
    "aws:cognito/userPool:UserPool": ("aliasAttributes", "usernameAttributes", "usernameConfiguration"),
    "aws:cognito/userPoolClient:UserPoolClient": ("userPoolId", "generateSecret"),
    "aws:dynamodb/table:Table": ("hashKey", "rangeKey", "localSecondaryIndexes", "importTable"),
    "aws:ec2/securityGroup:SecurityGroup": ("description", "vpcId"),
    "aws:ec2/subnet:Subnet": ("vpcId", "cidrBlock", "availabilityZone"),
    "aws:ec2/vpc:Vpc": ("cidrBlock",),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": WHOLE,
    "aws:ecr/repository:Repository": ("encryptionConfigurations",),
    "aws:iam/rolePolicy:RolePolicy": ("role",),
    "aws:lambda/eventSourceMapping:EventSourceMapping": ("eventSourceArn",),
    "aws:lambda/function:Function": ("packageType",),
    "aws:lambda/permission:Permission": WHOLE,
    "aws:s3/bucket:Bucket": ("bucketPrefix", "objectLockEnabled"),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": BUCKET_SETTING,
    "aws:s3/bucketNotification:BucketNotification": BUCKET_SETTING,
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": BUCKET_SETTING,
    "aws:s3/bucketPolicy:BucketPolicy": BUCKET_SETTING,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": BUCKET_SETTING,
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": BUCKET_SETTING,
    "aws:s3/bucketVersioning:BucketVersioning": BUCKET_SETTING,
    "aws:sfn/stateMachine:StateMachine": ("type",),
    "aws:sns/topicPolicy:TopicPolicy": ("arn",),
    "aws:sns/topicSubscription:TopicSubscription": ("topic", "protocol", "endpoint"),
    "aws:sqs/queuePolicy:QueuePolicy": ("queueUrl",),
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": ("queueUrl",),
}


def changed(olds: dict[str, Any], news: dict[str, Any], ignored: tuple[str, ...] = ()) -> list[str]:
    """Return the inputs that differ; an unknown one does, and an absent one equals an empty or a false one."""
    keys = (olds.keys() | news.keys()) - {DEFAULTS, *ignored}
    return sorted(
        key for key in keys if (olds.get(key) or None) != (news.get(key) or None) or has_unknown(news.get(key))
    )


def replacing(type_token: str, keys: list[str]) -> list[str]:
    """Return those of the changed inputs for which AWS makes a new resource."""
    named = {RULES[type_token].name} if type_token in RULES else set()
    table = {"region", *named, *REPLACING.get(type_token, ())}
    return keys if "*" in table else [key for key in keys if key in table]
