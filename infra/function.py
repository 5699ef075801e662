"""One Lambda function of the image, with a role and a log of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from function.contract import Variable
from infra import policies
from infra.settings import Settings


@dataclass(frozen=True)
class Command:
    """What of the image a function runs, and with how much: memory in MB, time in seconds."""

    handler: str
    memory: int
    timeout: int


class ImageFunction(pulumi.ComponentResource):
    """A function, allowed what its statements say and nothing else."""

    def __init__(  # noqa: PLR0913 - the parts of a function, each by name
        self,
        name: str,
        settings: Settings,
        image_uri: pulumi.Input[str],
        command: Command,
        *,
        statements: pulumi.Output[Sequence[policies.Statement]],
        environment: Mapping[str, pulumi.Input[str]],
        network: aws.lambda_.FunctionVpcConfigArgs | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("safelight:function:ImageFunction", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        traced = policies.tracing() if settings.tracing else []
        log = aws.cloudwatch.LogGroup(f"{name}-log", retention_in_days=settings.log_retention_days, opts=within)
        role = aws.iam.Role(
            f"{name}-role", assume_role_policy=policies.document(policies.trust("lambda.amazonaws.com")), opts=within
        )
        permissions = aws.iam.RolePolicy(
            f"{name}-permissions",
            role=role.id,
            policy=pulumi.Output.all(log.arn, statements).apply(
                lambda args: policies.document([*policies.logging(args[0]), *traced, *args[1]])
            ),
            opts=within,
        )
        self.function = aws.lambda_.Function(
            name,
            package_type="Image",
            image_uri=image_uri,
            image_config={"commands": [command.handler]},
            architectures=[settings.architecture],
            memory_size=command.memory,
            timeout=command.timeout,
            role=role.arn,
            vpc_config=network,
            environment={"variables": {**environment, Variable.STACK: pulumi.get_stack()}},
            logging_config={"log_format": "JSON", "log_group": log.name},
            tracing_config={"mode": "Active" if settings.tracing else "PassThrough"},
            # A function without its permissions would fail the first photos.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[permissions]),
        )
        self.register_outputs({"arn": self.function.arn})
