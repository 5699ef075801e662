"""Detects labels by Rekognition, which bills each picture."""

from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, ConnectionClosedError, ReadTimeoutError

from function.aws.errors import error_code
from function.errors import BrokenImageError, OutcomeUnknownError, ServiceUnavailableError
from function.values.analysis import Label

# Few labels of high confidence: with many weak ones, a list of one label would hold photos that do not show it.
MOST_LABELS, LEAST_CONFIDENCE = 20, 75.0
# Codes of pictures that Rekognition refuses. A retry would be refused too.
REFUSED_PICTURE_CODES = {"InvalidImageFormatException", "ImageTooLargeException", "InvalidParameterException"}


@dataclass(frozen=True)
class RekognitionLabels:
    """Detects labels by Rekognition's DetectLabels."""

    client: Any

    def detect_labels(self, jpeg: bytes) -> tuple[Label, ...]:
        """Detect labels in a JPEG of at most 5 MB. Returns them by falling confidence.

        Raises BrokenImageError for a refused picture, OutcomeUnknownError, ServiceUnavailableError.
        """
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
