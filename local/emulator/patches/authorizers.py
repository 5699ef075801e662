"""Answers for a JWT authorizer without the settings that only an authorizer with a function has, as AWS does.

MiniStack gives every authorizer a payload version and a time to live; Terraform's provider then sees settings that are
not declared, and each of its plans would take them away.
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
    """Leave these settings out of an authorizer's answers; what is stored stays as MiniStack wants it."""
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
