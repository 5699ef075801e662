"""The HTTP API and its parts."""

from typing import Any

from local.emulator.clients import Aws, chosen, pascal

Made = tuple[str, dict[str, Any]]


def api(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """The API; its address is the emulator's own."""
    made = aws.client("apigatewayv2").create_api(Name=name, **chosen(inputs, "protocolType"))
    account = aws.client("sts").get_caller_identity()["Account"]
    return made["ApiId"], {
        "name": name,
        "apiEndpoint": made["ApiEndpoint"],
        "executionArn": f"arn:aws:execute-api:{aws.region}:{account}:{made['ApiId']}",
    }


def authorizer(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """What a token is checked against."""
    jwt = inputs["jwtConfiguration"]
    made = aws.client("apigatewayv2").create_authorizer(
        Name=name,
        IdentitySource=inputs["identitySources"],
        JwtConfiguration={"Issuer": jwt["issuer"], "Audience": jwt["audiences"]},
        **chosen(inputs, "apiId", "authorizerType"),
    )
    return made["AuthorizerId"], {}


def integration(aws: Aws, _name: str, inputs: dict[str, Any]) -> Made:
    """The function behind the API."""
    made = aws.client("apigatewayv2").create_integration(**pascal(inputs))
    return made["IntegrationId"], {}


def route(aws: Aws, _name: str, inputs: dict[str, Any]) -> Made:
    """One route and whether it asks for a token."""
    made = aws.client("apigatewayv2").create_route(**pascal(inputs))
    return made["RouteId"], {}


def stage(aws: Aws, _name: str, inputs: dict[str, Any]) -> Made:
    """The stage that serves the API's current routes."""
    settings = pascal(inputs["defaultRouteSettings"])
    made = aws.client("apigatewayv2").create_stage(
        StageName=inputs["name"], DefaultRouteSettings=settings, **chosen(inputs, "apiId", "autoDeploy")
    )
    return made["StageName"], {}
