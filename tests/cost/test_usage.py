"""What the estimate counts is what the worker does."""

from collections import Counter
from typing import Any

import pytest

from cost.usage import ALARMS, ANALYSIS_CALLS, CALLS, ITEM_BYTES, LOG_BYTES, POLLS, Library
from function.aws.dynamodb import codec
from function.bootstrap import clients
from function.bootstrap import worker as bootstrap_worker
from function.contract.environment import Variable
from function.contract.table import SHELF
from function.handlers import worker
from function.telemetry import log
from local.stack import program
from local.stack.recorder import Recorder
from tests.function.conftest import Cloud, batch, forget, s3_event


def calls(cloud: Cloud) -> Counter[str]:
    """The worker's calls for one new photo."""
    seen: Counter[str] = Counter()

    def count(model: Any, **_: Any) -> None:
        seen[model.name] += 1

    event = s3_event("originals/a.jpg", cloud.put("originals/a.jpg"), "01")
    made = [clients.client(service) for service in ("s3", "dynamodb", "sns", "rekognition")]
    for client in made:
        client.meta.events.register("after-call", count)
    try:
        worker.handle(batch(event), None)
    finally:
        for client in made:
            client.meta.events.unregister("after-call", count)
    return seen


def priced() -> Counter[str]:
    """The same as it is priced: two renditions here, four as the stack is shipped, and the record."""
    return Counter({**CALLS, "PutObject": len(bootstrap_worker.settings().renditions) + 1})


def test_a_new_photo_takes_the_calls_that_are_priced(cloud: Cloud) -> None:
    assert calls(cloud) == priced()


def test_a_look_at_it_takes_the_calls_that_are_priced_too(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(Variable.REKOGNITION_MONTHLY_IMAGES, "5")
    forget()
    assert calls(cloud) == priced() + Counter(ANALYSIS_CALLS)


def test_a_photos_item_is_no_larger_than_what_is_priced(cloud: Cloud) -> None:
    worker.handle(batch(s3_event("originals/a.jpg", cloud.put("originals/a.jpg"), "01")), None)
    photo = cloud.photo("a.jpg")
    assert photo
    item = codec.to_item(photo)
    assert SHELF in item  # so that each write is one of the index too
    assert len(str(item)) < 2 * ITEM_BYTES


def test_a_photos_log_is_no_larger_than_what_is_priced(cloud: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    log.configure()
    worker.handle(batch(s3_event("originals/a.jpg", cloud.put("originals/a.jpg"), "01")), None)
    assert len(capsys.readouterr().err) < LOG_BYTES


@pytest.mark.parametrize(("megabytes", "requests"), [(0.1, 1), (8, 1), (8.4, 4), (25, 5), (100, 14)])
def test_a_large_photo_is_uploaded_in_parts(megabytes: float, requests: int) -> None:
    assert Library(1, megabytes).upload_requests == requests


def test_every_alarm_that_the_stack_declares_is_priced() -> None:
    declared = program.run("dev", Recorder())
    assert sum(found.type == "aws:cloudwatch/metricAlarm:MetricAlarm" for found in declared.resources) == ALARMS


def test_of_each_queue_five_pollers_ask_three_times_a_minute() -> None:
    assert POLLS == 2 * 648_000
