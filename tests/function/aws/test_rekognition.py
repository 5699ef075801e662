"""What Rekognition answers, and what becomes of its errors."""

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError
from botocore.stub import Stubber

from function.aws.rekognition import LEAST_CONFIDENCE, MOST_LABELS, RekognitionLabels
from function.bootstrap import clients
from function.errors import BrokenImageError, OutcomeUnknownError, ServiceUnavailableError
from function.values.analysis import Label

JPEG = b"\xff\xd8\xff"


class Faulty:
    """A client whose call ends so."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def detect_labels(self, **_: Any) -> Any:
        raise self.error


def told(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code}}, "DetectLabels")


def test_labels_come_with_what_they_are_a_kind_of() -> None:
    client = boto3.client("rekognition", "eu-west-1", aws_access_key_id="any", aws_secret_access_key="any")
    found: Any = {
        "Labels": [
            {"Name": "Dog", "Confidence": 98.7654, "Parents": [{"Name": "Animal"}, {"Name": "Pet"}], "Instances": []},
            {"Name": "Beach", "Confidence": 80.0},
        ]
    }
    with Stubber(client) as stubbed:
        asked = {"Image": {"Bytes": JPEG}, "MaxLabels": MOST_LABELS, "MinConfidence": LEAST_CONFIDENCE}
        stubbed.add_response("detect_labels", found, asked)
        labels = RekognitionLabels(client).detect_labels(JPEG)
    assert labels == (Label("Dog", 98.8, ("Animal", "Pet")), Label("Beach", 80.0))


@pytest.mark.parametrize("code", ["InvalidImageFormatException", "ImageTooLargeException", "InvalidParameterException"])
def test_what_is_wrong_with_the_picture_is_no_fault_of_the_world(code: str) -> None:
    with pytest.raises(BrokenImageError, match=code):
        RekognitionLabels(Faulty(told(code))).detect_labels(JPEG)


@pytest.mark.parametrize(
    "error",
    [
        told("ThrottlingException"),
        told("ProvisionedThroughputExceededException"),
        told("AccessDeniedException"),
        EndpointConnectionError(endpoint_url="https://rekognition.nowhere"),
    ],
)
def test_what_was_refused_was_not_looked_at(error: Exception) -> None:
    with pytest.raises(ServiceUnavailableError) as raised:
        RekognitionLabels(Faulty(error)).detect_labels(JPEG)
    assert not isinstance(raised.value, OutcomeUnknownError)


def test_what_was_not_answered_may_have_been_looked_at() -> None:
    with pytest.raises(OutcomeUnknownError):
        RekognitionLabels(Faulty(ReadTimeoutError(endpoint_url="https://rekognition"))).detect_labels(JPEG)


def test_rekognition_is_waited_for_and_tried_again_within_a_fraction_of_the_workers_time(cloud: object) -> None:
    config = clients.client("rekognition").meta.config
    assert config.retries == {"mode": "standard", "total_max_attempts": 3}
    assert config.retries["total_max_attempts"] * (config.connect_timeout + config.read_timeout) < 30
