"""The function that draws PostScript, in Lambda."""

from dataclasses import dataclass
from typing import Any

from function.aws.errors import translating_errors
from function.postscript import messages
from function.postscript.messages import DrawRequest, Refusal, RefusedError


@dataclass(frozen=True)
class LambdaPostscriptRenderer:
    """Drawings that another function makes, which gets all that it needs with the call."""

    client: Any  # botocore's, of Lambda
    function: str

    def draw(self, request: DrawRequest) -> bytes:
        """The picture of a drawing. Raises RefusedError, and WorldError where the function cannot be reached."""
        event = messages.encode_request(request)
        with translating_errors("Lambda"):
            answer = self.client.invoke(FunctionName=self.function, Payload=event)
            payload = answer["Payload"].read()
        # A crash or a time-out is what this drawing does to the function, and would do again.
        if "FunctionError" in answer:
            raise RefusedError(Refusal.CRASHED)
        return messages.decode_response(payload)
