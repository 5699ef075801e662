"""Rekognition, which is paid by the picture."""

from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, ConnectionClosedError, ReadTimeoutError

from function.aws.errors import error_code
from function.errors import BrokenImageError, OutcomeUnknownError, ServiceUnavailableError
from function.values.analysis import Label

# The fewer there are, and the surer they are, the more a list of one of them is worth opening.
MOST_LABELS, LEAST_CONFIDENCE = 20, 75.0
# What it says of a picture that it cannot look at: the next try would be told the same.
REFUSED_PICTURE_CODES = {"InvalidImageFormatException", "ImageTooLargeException", "InvalidParameterException"}


@dataclass(frozen=True)
class RekognitionLabels:
    """What Rekognition sees in a picture. Moderation, when it comes, is a call of its own beside `labels`."""

    client: Any

    def detect_labels(self, jpeg: bytes) -> tuple[Label, ...]:
        """What is seen in a JPEG of at most 5 MB, the surest first. Raises BrokenImageError where it is not taken."""
        try:
            found = self.client.detect_labels(
                Image={"Bytes": jpeg}, MaxLabels=MOST_LABELS, MinConfidence=LEAST_CONFIDENCE
            )
        except ClientError as error:
            if error_code(error) in REFUSED_PICTURE_CODES:
                raise BrokenImageError(f"Rekognition does not take the picture: {error_code(error)}") from error
            raise ServiceUnavailableError(f"Rekognition: {error_code(error)}") from error
        except (ReadTimeoutError, ConnectionClosedError) as error:
            raise OutcomeUnknownError(f"Rekognition: {error_code(error)}") from error
        except BotoCoreError as error:
            raise ServiceUnavailableError(f"Rekognition: {error_code(error)}") from error
        return tuple(map(_label, found["Labels"]))


def _label(detected: dict[str, Any]) -> Label:
    parents = tuple(parent["Name"] for parent in detected.get("Parents", ()))
    return Label(detected["Name"], round(detected["Confidence"], 1), parents)
