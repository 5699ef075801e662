"""Makes declared resources in the embedded AWS: a table from Pulumi's types to functions that create or update them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from local.emulator.clients import Aws
from local.external_store.config import StoreConfig
from local.provider import (
    apigateway,
    budgets,
    cloudwatch,
    cognito,
    dynamodb,
    ec2,
    iam,
    image,
    lambda_,
    logs,
    other_store,
    s3,
    scheduler,
    sns,
    sqs,
    stepfunctions,
)
from local.provider.result import Result

S3 = "aws:s3/"
FUNCTION = "aws:lambda/function:Function"

MAKERS: dict[str, Callable[[Aws, str, dict[str, Any]], Result]] = {
    "aws:apigatewayv2/api:Api": apigateway.api,
    "aws:apigatewayv2/authorizer:Authorizer": apigateway.authorizer,
    "aws:apigatewayv2/integration:Integration": apigateway.integration,
    "aws:apigatewayv2/route:Route": apigateway.route,
    "aws:apigatewayv2/stage:Stage": apigateway.stage,
    "aws:budgets/budget:Budget": budgets.budget,
    "aws:cloudwatch/dashboard:Dashboard": cloudwatch.dashboard,
    "aws:cloudwatch/logGroup:LogGroup": logs.log_group,
    "aws:cloudwatch/metricAlarm:MetricAlarm": cloudwatch.alarm,
    "aws:cognito/userPool:UserPool": cognito.user_pool,
    "aws:cognito/userPoolClient:UserPoolClient": cognito.user_pool_client,
    "aws:dynamodb/table:Table": dynamodb.table,
    "aws:ec2/securityGroup:SecurityGroup": ec2.security_group,
    "aws:ec2/subnet:Subnet": ec2.subnet,
    "aws:ec2/vpc:Vpc": ec2.vpc,
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": image.lifecycle_policy,
    "aws:ecr/repository:Repository": image.repository,
    "aws:iam/role:Role": iam.role,
    "aws:iam/rolePolicy:RolePolicy": iam.role_policy,
    "aws:lambda/eventSourceMapping:EventSourceMapping": lambda_.event_source_mapping,
    FUNCTION: lambda_.function,
    "aws:lambda/permission:Permission": lambda_.permission,
    "aws:s3/bucket:Bucket": s3.bucket,
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": s3.lifecycle,
    "aws:s3/bucketNotification:BucketNotification": s3.notification,
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": s3.ownership,
    "aws:s3/bucketPolicy:BucketPolicy": s3.policy,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": s3.public_access_block,
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": s3.encryption,
    "aws:s3/bucketVersioning:BucketVersioning": s3.versioning,
    "aws:scheduler/schedule:Schedule": scheduler.schedule,
    "aws:sfn/stateMachine:StateMachine": stepfunctions.state_machine,
    "aws:sns/topic:Topic": sns.topic,
    "aws:sns/topicPolicy:TopicPolicy": sns.topic_policy,
    "aws:sns/topicSubscription:TopicSubscription": sns.topic_subscription,
    "aws:sqs/queue:Queue": sqs.queue,
    "aws:sqs/queuePolicy:QueuePolicy": sqs.queue_policy,
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": sqs.redrive_allow_policy,
    "docker-build:index:Image": image.build,
}
CALLS: dict[str, Callable[[Aws, dict[str, Any]], dict[str, Any]]] = {
    "aws:ecr/getAuthorizationToken:getAuthorizationToken": image.login,
    "aws:index/getAvailabilityZones:getAvailabilityZones": ec2.zones,
}


class UnknownTypeError(Exception):
    """The program declares a type that the table does not have."""


@dataclass(frozen=True)
class EmulatorProvider:
    """Makes each declared resource in the embedded AWS; its outputs are the emulator's own."""

    aws: Aws
    # The functions' image; None to run them with this machine's Python.
    image: str | None = None
    # The store for the buckets; None to make them in the embedded AWS.
    store: StoreConfig | None = None

    def make(self, type_token: str, name: str, inputs: dict[str, Any]) -> Result:
        """Create or update a resource. Returns its id and outputs; raises UnknownTypeError."""
        if type_token not in MAKERS:
            raise UnknownTypeError(
                f"the stack declares {name!r} of type {type_token}, which local/provider cannot make yet; "
                "nothing declared is left out silently, so this run stops"
            )
        if self.store and type_token.startswith(S3):
            identifier, outputs = other_store.make(self.store, type_token, name, inputs)
        else:
            identifier, outputs = self._maker(type_token)(
                self.aws, name, self._with_store_variables(type_token, inputs)
            )
        return identifier, {**inputs, **outputs}

    def _maker(self, type_token: str) -> Callable[[Aws, str, dict[str, Any]], Result]:
        if self.image and type_token == FUNCTION:
            return partial(lambda_.image_function, image=self.image)
        return MAKERS[type_token]

    def _with_store_variables(self, type_token: str, inputs: dict[str, Any]) -> dict[str, Any]:
        """Return the inputs, with the variables of another store added to a function's environment."""
        if not self.store or type_token != FUNCTION:
            return inputs
        return {**inputs, "environment": {"variables": {**inputs["environment"]["variables"], **self.store.variables}}}

    def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Call a provider function. Returns its result; raises UnknownTypeError."""
        if token not in CALLS:
            raise UnknownTypeError(f"the stack calls {token}, which local/provider cannot answer yet")
        return CALLS[token](self.aws, arguments)
