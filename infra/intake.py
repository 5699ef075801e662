"""The way in: the originals bucket tells the queue, and a dead-letter queue keeps what could not be worked off."""

import pulumi
import pulumi_aws as aws

from infra import policies
from infra.settings import Settings
from infra.storage import PrivateBucket

# AWS advises six times the function's time-out: Lambda may hold a message that long before it is tried again.
VISIBILITY_FACTOR = 6
KEEP_SECONDS = 14 * 24 * 3600
# Of the function that reads the dead letters.
READER_TIMEOUT_SECONDS = 60
EVENTS = ("s3:ObjectCreated:*", "s3:ObjectRemoved:*")


class IngestQueue(pulumi.ComponentResource):
    """One notification, one queue and its dead-letter queue."""

    def __init__(
        self, name: str, settings: Settings, originals: PrivateBucket, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("safelight:intake:Intake", name, None, opts)
        self._within = pulumi.ResourceOptions(parent=self)
        self.dead_letters = self._queue(
            f"{name}-dead-letters", visibility_timeout_seconds=VISIBILITY_FACTOR * READER_TIMEOUT_SECONDS
        )
        self.queue = self._queue(
            name,
            visibility_timeout_seconds=VISIBILITY_FACTOR * settings.worker_timeout,
            redrive_policy=pulumi.Output.json_dumps(
                {"deadLetterTargetArn": self.dead_letters.arn, "maxReceiveCount": settings.maximum_receives},
                separators=(",", ":"),  # as SQS gives it back
            ),
        )
        aws.sqs.RedriveAllowPolicy(
            f"{name}-dead-letters-source",
            queue_url=self.dead_letters.url,
            redrive_allow_policy=pulumi.Output.json_dumps(
                {"redrivePermission": "byQueue", "sourceQueueArns": [self.queue.arn]}
            ),
            opts=self._within,
        )
        self._policy(f"{name}-dead-letters", self.dead_letters, self.dead_letters.arn.apply(_tls_only))
        access = pulumi.Output.all(self.queue.arn, originals.arn, _account(self.queue)).apply(
            lambda args: policies.document(policies.queue_access(*args))
        )
        sends = self._policy(name, self.queue, access)
        self._notification(name, settings, originals, sends)
        self.register_outputs({})

    def _queue(self, name: str, **arguments: pulumi.Input[object]) -> aws.sqs.Queue:
        return aws.sqs.Queue(
            name,
            message_retention_seconds=KEEP_SECONDS,
            sqs_managed_sse_enabled=True,
            opts=self._within,
            **arguments,  # type: ignore[arg-type]  # the generated signature types each argument by name
        )

    def _policy(self, name: str, queue: aws.sqs.Queue, policy: pulumi.Output[str]) -> aws.sqs.QueuePolicy:
        return aws.sqs.QueuePolicy(f"{name}-access", queue_url=queue.url, policy=policy, opts=self._within)

    def _notification(
        self, name: str, settings: Settings, originals: PrivateBucket, sends: aws.sqs.QueuePolicy
    ) -> None:
        aws.s3.BucketNotification(
            f"{name}-notification",
            bucket=originals.bucket.id,
            queues=[
                {"id": prefix.strip("/"), "queue_arn": self.queue.arn, "events": EVENTS, "filter_prefix": prefix}
                for prefix in (settings.originals_prefix, settings.inbox_prefix)
            ],
            # S3 tries the queue when the notification is made: it must be allowed to send by then.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[sends]),
        )


def _tls_only(queue_arn: str) -> str:
    return policies.document([policies.tls_only_queue(queue_arn)])


def _account(queue: aws.sqs.Queue) -> pulumi.Output[str]:
    return queue.arn.apply(lambda arn: arn.split(":")[4])
