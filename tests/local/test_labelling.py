"""The declared state machine asks the worker for photos that wait for labels, the newest first."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from function.aws.dynamodb.postings import DynamoDbPostings
from function.contract.tasks import LABEL_TASK
from function.index.keys import photo_id
from function.index.postings import postings
from function.values.photo import Photo, State
from infra import labelling
from local.emulator import credentials
from local.emulator.process import Emulator, free_port, run_emulator
from local.provider import EmulatorProvider
from local.stack import program
from tests.infra.conftest import EVERYTHING


def photo(number: int, unlabelled: str | None = "out of budget") -> Photo:
    taken = datetime(2026, 1, number, tzinfo=UTC)
    return Photo(f"{number}.jpg", State.READY, "01", taken=taken, unlabelled=unlabelled)


def sent(running: Emulator, queue_url: str) -> list[dict[str, Any]]:
    """The tasks that come into the queue, until there are no more for a second; S3 tries the queue too."""
    found: list[dict[str, Any]] = []
    asked: dict[str, Any] = {"QueueUrl": queue_url, "MaxNumberOfMessages": 10, "WaitTimeSeconds": 1}
    while got := running.aws.sqs.receive_message(**asked).get("Messages"):
        found += [json.loads(message["Body"]) for message in got]
    return [told for told in found if told.get("task") == LABEL_TASK]


def test_photos_that_wait_are_sent_to_the_worker_the_newest_ones_by_the_bounded_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(labelling, "PHOTOS_PER_RUN", 3)
    keys = credentials.ensure(tmp_path)
    with run_emulator(tmp_path, "eu-west-1", keys, free_port()) as running:
        declared = program.run("dev", EmulatorProvider(running.aws), changes=EVERYTHING)
        # What is sent stays in the queue for this test to read.
        client = running.aws.client("lambda")
        for mapping in client.list_event_source_mappings()["EventSourceMappings"]:
            client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
        lists = DynamoDbPostings(running.aws.dynamodb, declared.exports["index_table"])
        for number in range(1, 6):
            lists.add(postings(photo(number)))
        lists.add(postings(photo(6, unlabelled=None)))
        states = running.aws.client("stepfunctions")
        machines = states.list_state_machines()["stateMachines"]
        (machine,) = (one["stateMachineArn"] for one in machines if one["name"].endswith("-labelling"))
        states.start_execution(stateMachineArn=machine, input="{}")
        queue_url = declared.url(f"{program.PROJECT}-dev-intake")
        assert sorted(message["keys"][0] for message in sent(running, queue_url)) == sorted(
            photo_id(f"{number}.jpg") for number in (5, 4, 3)
        )
        schedules = running.aws.client("scheduler").list_schedules()["Schedules"]
        assert [schedule["Target"]["Arn"] for schedule in schedules] == [machine]
