"""One Lambda function of the image, with a role and a log of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from function.contract import Variable
from infra import policies
from infra.settings import Settings

# Makes a function's network, once the permissions by which Lambda attaches the function to it are there.
Network = Callable[[pulumi.Resource], aws.lambda_.FunctionVpcConfigArgs]


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
        network: Network | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("safelight:function:ImageFunction", name, None, opts)
        self._name, self._within = name, pulumi.ResourceOptions(parent=self)
        log = aws.cloudwatch.LogGroup(f"{name}-log", retention_in_days=settings.log_retention_days, opts=self._within)
        traced = policies.tracing() if settings.tracing else []
        role, permissions = self._role(log, pulumi.Output.from_input(statements).apply(lambda own: [*traced, *own]))
        self.function = aws.lambda_.Function(
            name,
            package_type="Image",
            image_uri=image_uri,
            image_config={"commands": [command.handler]},
            architectures=[settings.architecture],
            memory_size=command.memory,
            timeout=command.timeout,
            role=role.arn,
            vpc_config=network(permissions) if network else None,
            environment={"variables": {**environment, Variable.STACK: pulumi.get_stack()}},
            logging_config={"log_format": "JSON", "log_group": log.name},
            tracing_config={"mode": "Active" if settings.tracing else "PassThrough"},
            # A function without its permissions would fail the first photos.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[permissions]),
        )
        self.register_outputs({"arn": self.function.arn})

    def _role(
        self, log: aws.cloudwatch.LogGroup, statements: pulumi.Output[list[policies.Statement]]
    ) -> tuple[aws.iam.Role, aws.iam.RolePolicy]:
        trust = policies.document(policies.trust("lambda.amazonaws.com"))
        role = aws.iam.Role(f"{self._name}-role", assume_role_policy=trust, opts=self._within)
        permissions = aws.iam.RolePolicy(
            f"{self._name}-permissions",
            role=role.id,
            policy=pulumi.Output.all(log.arn, statements).apply(
                lambda args: policies.document([*policies.logging(args[0]), *args[1]])
            ),
            opts=self._within,
        )
        return role, permissions
