"""Declares the ingest queue: the originals bucket notifies it, and a dead-letter queue keeps what failed repeatedly."""

import pulumi
import pulumi_aws as aws

from infra import policies
from infra.settings import Settings
from infra.storage import PrivateBucket

# AWS advises a visibility time-out of six times the function's: Lambda may hold a message that long before a retry.
VISIBILITY_FACTOR = 6
KEEP_SECONDS = 14 * 24 * 3600
# The time-out of the function that receives the dead letters.
READER_TIMEOUT_SECONDS = 60
EVENTS = ("s3:ObjectCreated:*", "s3:ObjectRemoved:*")


class IngestQueue(pulumi.ComponentResource):
    """The bucket's notification, the queue and its dead-letter queue."""

    def __init__(
        self, name: str, settings: Settings, originals: PrivateBucket, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("safelight:intake:Intake", name, None, opts)
        self._child_opts = pulumi.ResourceOptions(parent=self)
        self.dead_letters = self._queue(
            f"{name}-dead-letters", visibility_timeout_seconds=VISIBILITY_FACTOR * READER_TIMEOUT_SECONDS
        )
        self.queue = self._queue(
            name,
            visibility_timeout_seconds=VISIBILITY_FACTOR * settings.worker_timeout,
            redrive_policy=pulumi.Output.json_dumps(
                {"deadLetterTargetArn": self.dead_letters.arn, "maxReceiveCount": settings.maximum_receives},
                separators=(",", ":"),  # as SQS returns it
            ),
        )
        aws.sqs.RedriveAllowPolicy(
            f"{name}-dead-letters-source",
            queue_url=self.dead_letters.url,
            redrive_allow_policy=pulumi.Output.json_dumps(
                {"redrivePermission": "byQueue", "sourceQueueArns": [self.queue.arn]}
            ),
            opts=self._child_opts,
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
            opts=self._child_opts,
            **arguments,  # type: ignore[arg-type]  # the generated signature types each argument by name
        )

    def _policy(self, name: str, queue: aws.sqs.Queue, policy: pulumi.Output[str]) -> aws.sqs.QueuePolicy:
        return aws.sqs.QueuePolicy(f"{name}-access", queue_url=queue.url, policy=policy, opts=self._child_opts)

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
            # S3 sends a test message when the notification is created, so the queue's policy must exist before.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[sends]),
        )


def _tls_only(queue_arn: str) -> str:
    return policies.document([policies.tls_only_queue(queue_arn)])


def _account(queue: aws.sqs.Queue) -> pulumi.Output[str]:
    return queue.arn.apply(lambda arn: arn.split(":")[4])
