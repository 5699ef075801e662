"""Declares the port of image analysis."""

from typing import Protocol

from function.values.analysis import Label


class LabelDetector(Protocol):
    """Detects labels in pictures; each call is billed."""

    def detect_labels(self, jpeg: bytes) -> tuple[Label, ...]:
        """Detect labels in a JPEG of at most 5 MB. Returns them by falling confidence.

        Raises BrokenImageError for a picture that the service refuses, OutcomeUnknownError where no response arrived,
        and ServiceUnavailableError where the call was not executed.
        """
