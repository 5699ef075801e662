"""Creates the HTTP API and its parts."""

from typing import Any

from local.emulator.clients import Aws, pascal, pick
from local.provider.result import Result


def api(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Create the API; its endpoint is the emulator's."""
    created = aws.client("apigatewayv2").create_api(Name=name, **pick(inputs, "protocolType"))
    account = aws.client("sts").get_caller_identity()["Account"]
    return created["ApiId"], {
        "name": name,
        "apiEndpoint": created["ApiEndpoint"],
        "executionArn": f"arn:aws:execute-api:{aws.region}:{account}:{created['ApiId']}",
    }


def authorizer(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Create the JWT authorizer."""
    jwt = inputs["jwtConfiguration"]
    created = aws.client("apigatewayv2").create_authorizer(
        Name=name,
        IdentitySource=inputs["identitySources"],
        JwtConfiguration={"Issuer": jwt["issuer"], "Audience": jwt["audiences"]},
        **pick(inputs, "apiId", "authorizerType"),
    )
    return created["AuthorizerId"], {}


def integration(aws: Aws, _name: str, inputs: dict[str, Any]) -> Result:
    """Create the integration with the api function."""
    created = aws.client("apigatewayv2").create_integration(**pascal(inputs))
    return created["IntegrationId"], {}


def route(aws: Aws, _name: str, inputs: dict[str, Any]) -> Result:
    """Create a route, with or without the authorizer."""
    created = aws.client("apigatewayv2").create_route(**pascal(inputs))
    return created["RouteId"], {}


def stage(aws: Aws, _name: str, inputs: dict[str, Any]) -> Result:
    """Create the stage that serves the API's current routes."""
    settings = pascal(inputs["defaultRouteSettings"])
    created = aws.client("apigatewayv2").create_stage(
        StageName=inputs["name"], DefaultRouteSettings=settings, **pick(inputs, "apiId", "autoDeploy")
    )
    return created["StageName"], {}
