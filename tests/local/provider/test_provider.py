"""The table of makers: nothing declared is left out in silence."""

from pathlib import Path

import pytest

from function.contract.table import EXPIRES
from local.emulator import credentials
from local.emulator.clients import Aws
from local.emulator.process import free_port, run_emulator
from local.provider import MAKERS, EmulatorProvider, UnknownTypeError
from local.stack import program
from local.stack.recorder import Recorder
from tests.infra.conftest import EVERYTHING

TABLE = "aws:dynamodb/table:Table"
NOWHERE = Aws("http://127.0.0.1:9", "eu-west-1", "AKIA", "secret")


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_every_declared_type_can_be_made(stack: str) -> None:
    declared = program.run(stack, Recorder())
    assert {resource.type for resource in declared.resources} <= set(MAKERS)


def test_no_maker_is_left_over() -> None:
    declared = program.run("prod", Recorder(), changes=EVERYTHING)
    assert set(MAKERS) <= {resource.type for resource in declared.resources}


def test_a_type_that_cannot_be_made_stops_the_run_by_name() -> None:
    with pytest.raises(UnknownTypeError, match=r"'wall' of type aws:wafv2/webAcl:WebAcl"):
        EmulatorProvider(NOWHERE).make("aws:wafv2/webAcl:WebAcl", "wall", {})


def test_everything_that_a_switch_declares_is_made(tmp_path: Path) -> None:
    keys = credentials.ensure(tmp_path)
    with run_emulator(tmp_path, "eu-west-1", keys, free_port()) as running:
        declared = program.run("dev", EmulatorProvider(running.aws), changes=EVERYTHING)
        alarms = running.aws.client("cloudwatch").describe_alarms()["MetricAlarms"]
        told = running.aws.client("sns").list_subscriptions_by_topic(TopicArn=declared.exports["alarms_topic"])
        account = running.aws.client("sts").get_caller_identity()["Account"]
        budgets = running.aws.client("budgets").describe_budgets(AccountId=account)["Budgets"]
    assert {action for alarm in alarms for action in alarm["AlarmActions"]} == {declared.exports["alarms_topic"]}
    assert [subscription["Endpoint"] for subscription in told["Subscriptions"]] == ["owner@example.com"]
    assert [float(budget["BudgetLimit"]["Amount"]) for budget in budgets] == [20]


def test_items_of_the_index_expire_as_declared_run_after_run(tmp_path: Path) -> None:
    keys = credentials.ensure(tmp_path)
    (table,) = (found for found in program.run("dev", Recorder()).resources if found.type == TABLE)
    with run_emulator(tmp_path, "eu-west-1", keys, free_port()) as running:
        for _ in range(2):
            name, _made = MAKERS[TABLE](running.aws, "index", dict(table.inputs))
        told = running.aws.dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    assert told == {"TimeToLiveStatus": "ENABLED", "AttributeName": EXPIRES}
