"""Calls the PostScript function through Lambda."""

from dataclasses import dataclass
from typing import Any

from function.aws.errors import translating_errors
from function.postscript import messages
from function.postscript.messages import DrawRequest, Refusal, RefusedError


@dataclass(frozen=True)
class LambdaPostscriptRenderer:
    """Draws PostScript by an isolated function, which gets the whole input with the call."""

    client: Any  # botocore's, of Lambda
    function: str

    def draw(self, request: DrawRequest) -> bytes:
        """Draw one page. Returns it as PNG or JPEG. Raises RefusedError, ServiceUnavailableError."""
        event = messages.encode_request(request)
        with translating_errors("Lambda"):
            answer = self.client.invoke(FunctionName=self.function, Payload=event)
            payload = answer["Payload"].read()
        # The file caused a crash or a time-out, and would cause it again.
        if "FunctionError" in answer:
            raise RefusedError(Refusal.CRASHED)
        return messages.decode_response(payload)
