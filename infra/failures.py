"""Declares the function that receives dead letters and marks their photos as failed."""

import pulumi
import pulumi_aws as aws

from function.contract.entrypoints import FAILURES_HANDLER
from infra import policies
from infra.function import Command, ImageFunction
from infra.image import Image
from infra.intake import READER_TIMEOUT_SECONDS, IngestQueue
from infra.settings import Settings
from infra.worker import WorkerDependencies

MEMORY, BATCH = 512, 10


class Failures(pulumi.ComponentResource):
    """The function and its event source mapping from the dead-letter queue."""

    def __init__(
        self,
        name: str,
        settings: Settings,
        image: Image,
        intake: IngestQueue,
        dependencies: WorkerDependencies,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("safelight:failures:Failures", name, None, opts)
        child_opts = pulumi.ResourceOptions(parent=self)
        self.function = ImageFunction(
            name,
            settings,
            image.uri,
            Command(FAILURES_HANDLER, MEMORY, READER_TIMEOUT_SECONDS),
            statements=pulumi.Output.all(
                queue_arn=intake.dead_letters.arn,
                renditions_arn=dependencies.storage.renditions.arn,
                table_arn=dependencies.index.table.arn,
                topic_arn=dependencies.events.topic.arn,
            ).apply(lambda arns: [*policies.consume_queue(arns.pop("queue_arn")), *policies.failures(**arns)]),
            environment=dependencies.environment(settings),
            opts=child_opts,
        ).function
        aws.lambda_.EventSourceMapping(
            f"{name}-dead-letters",
            event_source_arn=intake.dead_letters.arn,
            function_name=self.function.arn,
            batch_size=BATCH,
            function_response_types=["ReportBatchItemFailures"],
            opts=child_opts,
        )
        self.register_outputs({})
