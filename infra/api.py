"""Declares the HTTP API: its routes, the authorizer of all routes but the public ones, and the function behind them."""

import pulumi
import pulumi_aws as aws

from function.contract.entrypoints import API_HANDLER
from function.contract.environment import Variable
from function.contract.routes import ROUTES, Route
from infra import policies
from infra.function import Command, ImageFunction
from infra.image import Image
from infra.index import Index
from infra.intake import IngestQueue
from infra.settings import Settings
from infra.sign_in import SignIn
from infra.storage import Storage

TIMEOUT_SECONDS = 15
# A gallery needs far fewer requests than this; a client that loops is refused before it costs much.
REQUESTS_PER_SECOND, BURST = 50, 100


class Api(pulumi.ComponentResource):
    """One HTTP API with one function; `endpoint` is the address of the gallery and of the API."""

    def __init__(  # noqa: PLR0913 - the components that it depends on
        self,
        name: str,
        settings: Settings,
        image: Image,
        *,
        storage: Storage,
        index: Index,
        intake: IngestQueue,
        sign_in: SignIn,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("safelight:api:Api", name, None, opts)
        self._name, self._child_opts = name, pulumi.ResourceOptions(parent=self)
        self.function = ImageFunction(
            name,
            settings,
            image.uri,
            Command(API_HANDLER, settings.api_memory, TIMEOUT_SECONDS),
            statements=_statements(settings, storage, index, intake),
            environment={
                Variable.ORIGINALS_BUCKET: storage.originals.name,
                Variable.RENDITIONS_BUCKET: storage.renditions.name,
                Variable.TABLE: index.table.name,
                Variable.ORIGINALS_PREFIX: settings.originals_prefix,
                Variable.RENDITIONS_ORIGIN: storage.renditions.origin,
                Variable.SIGNED_URL_SECONDS: str(settings.signed_url_seconds),
                Variable.SIGN_IN: sign_in.gallery,
                Variable.QUEUE_URL: intake.queue.url,
            },
            opts=self._child_opts,
        ).function
        self.api = aws.apigatewayv2.Api(name, protocol_type="HTTP", opts=self._child_opts)
        self._routes(sign_in)
        self._stage()
        self.endpoint = self.api.api_endpoint
        self.register_outputs({"endpoint": self.endpoint})

    def _stage(self) -> None:
        aws.apigatewayv2.Stage(
            f"{self._name}-stage",
            api_id=self.api.id,
            name="$default",
            auto_deploy=True,
            default_route_settings={
                "throttling_burst_limit": BURST,
                "throttling_rate_limit": REQUESTS_PER_SECOND,
            },
            opts=self._child_opts,
        )

    def _routes(self, sign_in: SignIn) -> None:
        aws.lambda_.Permission(
            f"{self._name}-invoke",
            action="lambda:InvokeFunction",
            function=self.function.name,
            principal="apigateway.amazonaws.com",
            source_arn=pulumi.Output.concat(self.api.execution_arn, "/*/*"),
            opts=self._child_opts,
        )
        integration = aws.apigatewayv2.Integration(
            f"{self._name}-integration",
            api_id=self.api.id,
            integration_type="AWS_PROXY",
            integration_uri=self.function.invoke_arn,
            integration_method="POST",
            payload_format_version="2.0",
            opts=self._child_opts,
        )
        authorizer = aws.apigatewayv2.Authorizer(
            f"{self._name}-token",
            api_id=self.api.id,
            authorizer_type="JWT",
            identity_sources=["$request.header.Authorization"],
            jwt_configuration={"issuer": sign_in.issuer, "audiences": [sign_in.audience]},
            opts=self._child_opts,
        )
        for route in ROUTES:
            self._route(route, integration, authorizer)

    def _route(
        self, route: Route, integration: aws.apigatewayv2.Integration, authorizer: aws.apigatewayv2.Authorizer
    ) -> None:
        aws.apigatewayv2.Route(
            f"{self._name} {route.key}",
            api_id=self.api.id,
            route_key=route.key,
            target=pulumi.Output.concat("integrations/", integration.id),
            authorization_type="NONE" if route.public else "JWT",
            authorizer_id=None if route.public else authorizer.id,
            opts=self._child_opts,
        )


def _statements(
    settings: Settings, storage: Storage, index: Index, intake: IngestQueue
) -> pulumi.Output[list[policies.Statement]]:
    return pulumi.Output.all(
        originals_arn=storage.originals.arn,
        renditions_arn=storage.renditions.arn,
        table_arn=index.table.arn,
        index_arn=index.shelves_arn,
        queue_arn=intake.queue.arn,
    ).apply(lambda arns: policies.api(**arns, originals_prefix=settings.originals_prefix))
