"""Describes a JWT authorizer without the settings of Lambda authorizers, as AWS does.

MiniStack gives every authorizer a payload version and a time to live. Terraform's provider reads them as undeclared
settings, and each of its plans would remove them.
No longer needed when `tests/local/emulator/test_answers.py` passes without it.
"""

from typing import Any

from ministack.services import apigateway

FUNCTIONS_ONLY = (
    "authorizerUri",
    "authorizerPayloadFormatVersion",
    "authorizerResultTtlInSeconds",
    "authorizerCredentialsArn",
    "enableSimpleResponses",
)


def apply() -> None:
    """Omit these settings from answers about an authorizer; its stored state is unchanged."""
    answer = apigateway._apigw_response

    def answer_as_aws(data: Any, *rest: Any, **options: Any) -> Any:
        return answer(_as_aws(data), *rest, **options)

    apigateway._apigw_response = answer_as_aws


def _as_aws(data: Any) -> Any:
    if isinstance(data, dict) and "items" in data:
        return {**data, "items": [_as_aws(item) for item in data["items"]]}
    if isinstance(data, dict) and data.get("authorizerType") == "JWT":
        return {key: value for key, value in data.items() if key not in FUNCTIONS_ONLY}
    return data
