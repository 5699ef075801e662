"""The worker: the function that turns an upload into its renditions and its place in the index."""

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
class Wiring:
    """What the functions behind the queue are wired to."""

    storage: Storage
    index: Index
    events: Events
    postscript: Postscript | None = None

    def environment(self, settings: Settings) -> dict[str, pulumi.Input[str]]:
        """What such a function is told."""
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
    """The function and its mapping to the queue: batches, of which only what failed is tried again."""

    def __init__(
        self,
        name: str,
        settings: Settings,
        image: Image,
        intake: IngestQueue,
        wiring: Wiring,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("safelight:worker:Worker", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        self.function = ImageFunction(
            name,
            settings,
            image.uri,
            Command(WORKER_HANDLER, settings.worker_memory, settings.worker_timeout),
            statements=_statements(settings, intake, wiring),
            environment={**wiring.environment(settings), **_drawn_by(wiring.postscript), **_sight(settings)},
            opts=within,
        ).function
        aws.lambda_.EventSourceMapping(
            f"{name}-queue",
            event_source_arn=intake.queue.arn,
            function_name=self.function.arn,
            batch_size=settings.batch_size,
            function_response_types=["ReportBatchItemFailures"],
            scaling_config={"maximum_concurrency": settings.maximum_concurrency},
            opts=within,
        )
        self.register_outputs({})


def _sight(settings: Settings) -> dict[str, pulumi.Input[str]]:
    """What the worker is told where it asks Rekognition; nothing where it does not."""
    images = str(settings.rekognition_monthly_images)
    return {Variable.REKOGNITION_MONTHLY_IMAGES: images} if settings.rekognition else {}


def _drawn_by(postscript: Postscript | None) -> dict[str, pulumi.Input[str]]:
    return {Variable.POSTSCRIPT_FUNCTION: postscript.function.arn} if postscript else {}


def _statements(settings: Settings, intake: IngestQueue, wiring: Wiring) -> pulumi.Output[list[policies.Statement]]:
    def statements(arns: dict[str, str]) -> list[policies.Statement]:
        drawing = arns.pop("drawing_arn", None)
        seen = arns["renditions_arn"], arns["table_arn"]
        return [
            *policies.consume_queue(arns.pop("queue_arn")),
            *policies.worker(**arns, originals_prefix=settings.originals_prefix, inbox_prefix=settings.inbox_prefix),
            *(policies.detect_labels(*seen) if settings.rekognition else []),
            *(policies.invoke_postscript(drawing) if drawing else []),
        ]

    return pulumi.Output.all(
        queue_arn=intake.queue.arn,
        originals_arn=wiring.storage.originals.arn,
        renditions_arn=wiring.storage.renditions.arn,
        table_arn=wiring.index.table.arn,
        topic_arn=wiring.events.topic.arn,
        **({"drawing_arn": wiring.postscript.function.arn} if wiring.postscript else {}),
    ).apply(statements)
