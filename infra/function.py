"""Declares one Lambda function of the image, with its own role and log group."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from function.contract.environment import Variable
from infra import policies
from infra.settings import Settings

# Returns a function's network; called with the permissions by which Lambda attaches it, which must exist first.
Network = Callable[[pulumi.Resource], aws.lambda_.FunctionVpcConfigArgs]


@dataclass(frozen=True)
class Command:
    """The handler that a function runs, its memory in MB and its time-out in seconds."""

    handler: str
    memory: int
    timeout: int


class ImageFunction(pulumi.ComponentResource):
    """A Lambda function with exactly the permissions of the given statements."""

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
        self._name, self._child_opts = name, pulumi.ResourceOptions(parent=self)
        log = aws.cloudwatch.LogGroup(
            f"{name}-log", retention_in_days=settings.log_retention_days, opts=self._child_opts
        )
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
            # Without this the function could be called before it has its permissions, and the first photos would fail.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[permissions]),
        )
        self.register_outputs({"arn": self.function.arn})

    def _role(
        self, log: aws.cloudwatch.LogGroup, statements: pulumi.Output[list[policies.Statement]]
    ) -> tuple[aws.iam.Role, aws.iam.RolePolicy]:
        trust = policies.document(policies.trust("lambda.amazonaws.com"))
        role = aws.iam.Role(f"{self._name}-role", assume_role_policy=trust, opts=self._child_opts)
        permissions = aws.iam.RolePolicy(
            f"{self._name}-permissions",
            role=role.id,
            policy=pulumi.Output.all(log.arn, statements).apply(
                lambda args: policies.document([*policies.write_logs(args[0]), *args[1]])
            ),
            opts=self._child_opts,
        )
        return role, permissions
