"""Declares the worker, the function that makes renditions and index items from uploads."""

import json
from dataclasses import asdict, dataclass

import pulumi
import pulumi_aws as aws

from function.contract.entrypoints import WORKER_HANDLER
from function.contract.environment import Variable
from infra import policies
from infra.events import Events
from infra.function import Command, ImageFunction
from infra.image import Image
from infra.index import Index
from infra.intake import IngestQueue
from infra.postscript import Postscript
from infra.settings import Settings
from infra.storage import Storage


@dataclass(frozen=True)
class WorkerDependencies:
    """The components that the functions behind the queue use."""

    storage: Storage
    index: Index
    events: Events
    postscript: Postscript | None = None

    def environment(self, settings: Settings) -> dict[str, pulumi.Input[str]]:
        """Return the environment variables of such a function."""
        return {
            Variable.ORIGINALS_BUCKET: self.storage.originals.name,
            Variable.RENDITIONS_BUCKET: self.storage.renditions.name,
            Variable.TABLE: self.index.table.name,
            Variable.TOPIC_ARN: self.events.topic.arn,
            Variable.ORIGINALS_PREFIX: settings.originals_prefix,
            Variable.INBOX_PREFIX: settings.inbox_prefix,
            Variable.INBOX_PATTERN: settings.inbox_pattern,
            Variable.RENDITIONS: json.dumps([asdict(spec) for spec in settings.renditions]),
            Variable.MAXIMUM_RECEIVES: str(settings.maximum_receives),
        }


class Worker(pulumi.ComponentResource):
    """The function and its event source mapping, which retries only the failed messages of a batch."""

    def __init__(
        self,
        name: str,
        settings: Settings,
        image: Image,
        intake: IngestQueue,
        dependencies: WorkerDependencies,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("safelight:worker:Worker", name, None, opts)
        child_opts = pulumi.ResourceOptions(parent=self)
        self.function = ImageFunction(
            name,
            settings,
            image.uri,
            Command(WORKER_HANDLER, settings.worker_memory, settings.worker_timeout),
            statements=_statements(settings, intake, dependencies),
            environment={
                **dependencies.environment(settings),
                **_postscript_environment(dependencies.postscript),
                **_rekognition_environment(settings),
            },
            opts=child_opts,
        ).function
        aws.lambda_.EventSourceMapping(
            f"{name}-queue",
            event_source_arn=intake.queue.arn,
            function_name=self.function.arn,
            batch_size=settings.batch_size,
            function_response_types=["ReportBatchItemFailures"],
            scaling_config={"maximum_concurrency": settings.maximum_concurrency},
            opts=child_opts,
        )
        self.register_outputs({})


def _rekognition_environment(settings: Settings) -> dict[str, pulumi.Input[str]]:
    """Return the worker's variables for Rekognition; none if it is switched off."""
    images = str(settings.rekognition_monthly_images)
    return {Variable.REKOGNITION_MONTHLY_IMAGES: images} if settings.rekognition else {}


def _postscript_environment(postscript: Postscript | None) -> dict[str, pulumi.Input[str]]:
    return {Variable.POSTSCRIPT_FUNCTION: postscript.function.arn} if postscript else {}


def _statements(
    settings: Settings, intake: IngestQueue, dependencies: WorkerDependencies
) -> pulumi.Output[list[policies.Statement]]:
    def statements(arns: dict[str, str]) -> list[policies.Statement]:
        drawing = arns.pop("drawing_arn", None)
        detection_arns = arns["renditions_arn"], arns["table_arn"]
        return [
            *policies.consume_queue(arns.pop("queue_arn")),
            *policies.worker(**arns, originals_prefix=settings.originals_prefix, inbox_prefix=settings.inbox_prefix),
            *(policies.detect_labels(*detection_arns) if settings.rekognition else []),
            *(policies.invoke_postscript(drawing) if drawing else []),
        ]

    return pulumi.Output.all(
        queue_arn=intake.queue.arn,
        originals_arn=dependencies.storage.originals.arn,
        renditions_arn=dependencies.storage.renditions.arn,
        table_arn=dependencies.index.table.arn,
        topic_arn=dependencies.events.topic.arn,
        **({"drawing_arn": dependencies.postscript.function.arn} if dependencies.postscript else {}),
    ).apply(statements)
