"""The figures in the worker's log: by CloudWatch's embedded metric format, one line per change."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from function.bootstrap import clients
from function.contract.environment import Variable
from function.contract.metrics import METRICS
from function.errors import ServiceUnavailableError
from function.handlers import worker
from function.service.ingest.intake import Ingest
from function.telemetry import log
from function.telemetry.instrument import instrument
from function.telemetry.metrics import Metrics
from function.values.photo import State
from tests.function.conftest import Cloud, batch, s3_event

TIMES = {"ReadTime", "RenderTime", "MetadataTime", "StoreTime", "IndexTime", "TotalTime"}
SHARED_TIMES = {"IndexTime", "AnnounceTime"}


class Kept(logging.Handler):
    """Lines as they would stand in the log."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(json.loads(log.JsonLines().format(record)))


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """What the functions of a stack log."""
    monkeypatch.setenv(Variable.STACK, "dev")
    log.configure()
    kept = Kept()
    log.logger.addHandler(kept)
    yield kept.lines
    log.logger.removeHandler(kept)


def figures(line: dict[str, Any]) -> dict[str, float]:
    """What CloudWatch makes of the line: each metric by its name, as long as it is described and has a value."""
    (described,) = line["_aws"]["CloudWatchMetrics"]
    assert described["Namespace"] == "Safelight"
    assert all(line[dimension] == "dev" for (dimension,) in described["Dimensions"])
    assert all(METRICS[metric["Name"]] == metric["Unit"] for metric in described["Metrics"])
    return {metric["Name"]: line[metric["Name"]] for metric in described["Metrics"]}


def test_a_photos_line_has_its_key_its_state_its_bytes_and_the_time_of_each_stage(
    lines: list[dict[str, Any]], cloud: Cloud
) -> None:
    version = cloud.put("originals/a.jpg")
    clients.metrics().flush()  # what the upload took
    worker.handle(batch(s3_event("originals/a.jpg", version, "01")), None)
    line, shared = lines
    told, together = figures(line), figures(shared)
    size = cloud.s3.head_object(Bucket="originals", Key="originals/a.jpg")["ContentLength"]
    assert line["key"] == "originals/a.jpg"
    assert told["BytesRead"] == size
    assert {name for name in told if name.endswith("Time")} == TIMES
    assert (shared["photos"], together["PhotosReady"]) == (1, 1)
    assert {name for name in together if name.endswith("Time")} == SHARED_TIMES
    assert told["TotalTime"] >= told["RenderTime"] > 0


def test_photos_that_are_settled_together_are_counted_together_and_each_once(
    lines: list[dict[str, Any]], cloud: Cloud
) -> None:
    bad = s3_event("originals/b.jpg", cloud.put("originals/b.jpg", b"no photo"), "01")
    good = s3_event("originals/a.jpg", cloud.put("originals/a.jpg"), "01")
    worker.handle(batch(bad, good, good), None)
    counted = [{n: v for n, v in figures(line).items() if n.startswith("Photos")} for line in lines]
    assert counted == [{}, {}, {"PhotosUnsupported": 1, "PhotosReady": 1}, {}]


def test_each_line_has_the_bytes_of_its_own_photo_though_two_are_in_hand(
    lines: list[dict[str, Any]], cloud: Cloud
) -> None:
    versions = {name: cloud.put(f"originals/{name}", b"no photo" * times) for times, name in enumerate("abcd", 1)}
    worker.handle(batch(*(s3_event(f"originals/{name}", version, "01") for name, version in versions.items())), None)
    read = {line["key"]: figures(line)["BytesRead"] for line in lines if "key" in line}
    assert read == {f"originals/{name}": 8 * times for times, name in enumerate("abcd", 1)}


def test_what_goes_back_to_the_queue_is_counted_as_tried_again(
    lines: list[dict[str, Any]], cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ServiceUnavailableError("S3: SlowDown")

    monkeypatch.setattr(Ingest, "begin", fails)
    worker.handle(batch(s3_event("originals/a.jpg", None, "01")), None)
    (line,) = lines
    assert figures(line)["TriedAgain"] == 1


def test_there_is_a_figure_for_every_state() -> None:
    assert {f"Photos{state.capitalize()}" for state in State} <= set(METRICS)


def test_a_figure_that_is_in_no_contract_is_refused() -> None:
    with pytest.raises(KeyError):
        Metrics("dev").add("Smiles")


def test_a_function_without_a_stack_describes_no_metrics() -> None:
    told = Metrics(None)
    told.add("BytesRead", 7)
    assert told.flush() == {"BytesRead": 7}


def test_time_is_kept_where_the_call_fails_too() -> None:
    kept = Metrics("dev")
    with pytest.raises(ZeroDivisionError):
        kept.timing("RenderTime", lambda: 1 // 0)()
    assert kept.flush()["RenderTime"] >= 0


@mock_aws
def test_every_call_of_rekognition_is_counted() -> None:
    kept = Metrics("dev")
    client = instrument(boto3.client("rekognition", "eu-west-1"), lambda: kept)
    client.detect_labels(Image={"Bytes": b"x"})
    client.detect_labels(Image={"Bytes": b"x"})
    told = kept.flush()
    assert told["RekognitionCalls"] == 2
    assert told["SeeTime"] > 0


def test_the_time_to_read_a_body_counts_and_not_only_the_time_to_its_first_byte(cloud: Cloud) -> None:
    kept = clients.metrics()
    cloud.put("originals/a.jpg")
    body = cloud.s3.get_object(Bucket="originals", Key="originals/a.jpg")["Body"]
    kept.flush()
    assert body.read()
    assert set(kept.flush()) == {"ReadTime"}
