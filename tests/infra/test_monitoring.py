"""Who is told of what: alarms, the dashboard and the budget."""

import json
from dataclasses import dataclass
from typing import Any

from function.contract import METRICS, METRICS_NAMESPACE, Variable
from infra.dashboard import GRAPHS
from infra.intake import KEEP_SECONDS
from local import program
from local.program import Declared
from local.recorder import Recorder
from tests.infra.conftest import inputs, named, of_type

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"


def alarms(declared: Declared) -> dict[tuple[str, str], dict[str, Any]]:
    """The alarms, by what is watched and the metric."""
    return {
        (next(iter(alarm.inputs["dimensions"].values())), alarm.inputs["metricName"]): dict(alarm.inputs)
        for alarm in of_type(declared, ALARM)
    }


def test_every_function_has_alarms_on_its_errors_and_throttles(stack: Declared) -> None:
    functions = of_type(stack, "aws:lambda/function:Function")
    for function in functions:
        for metric in ("Errors", "Throttles"):
            alarm = alarms(stack)[(function.outputs["name"], metric)]
            assert (alarm["namespace"], alarm["statistic"], alarm["threshold"]) == ("AWS/Lambda", "Sum", 0)


def test_one_dead_letter_is_enough_for_an_alarm(stack: Declared) -> None:
    queue = named(stack, "intake-dead-letters").outputs["name"]
    alarm = alarms(stack)[(queue, "NumberOfMessagesReceived")]
    assert (alarm["comparisonOperator"], alarm["threshold"]) == ("GreaterThanThreshold", 0)


def test_an_upload_that_waits_raises_an_alarm_long_before_sqs_forgets_it(stack: Declared) -> None:
    queue = named(stack, "-intake").outputs["name"]
    assert alarms(stack)[(queue, "ApproximateAgeOfOldestMessage")]["threshold"] < KEEP_SECONDS / 10


def test_every_queue_and_the_api_are_watched(stack: Declared) -> None:
    watched = {value for value, _ in alarms(stack)}
    assert {queue.outputs["name"] for queue in of_type(stack, "aws:sqs/queue:Queue")} <= watched
    assert {api.outputs["id"] for api in of_type(stack, "aws:apigatewayv2/api:Api")} <= watched


def test_every_alarm_is_told_on_the_alarms_topic_and_says_what_to_do(stack: Declared) -> None:
    topic = stack.exports["alarms_topic"]
    for alarm in of_type(stack, ALARM):
        assert alarm.inputs["alarmActions"] == alarm.inputs["okActions"] == [topic]
        assert any(sign in alarm.inputs["alarmDescription"] for sign in (". ", ": "))


def test_silence_is_no_alarm(stack: Declared) -> None:
    assert {alarm.inputs["treatMissingData"] for alarm in of_type(stack, ALARM)} == {"notBreaching"}


def test_only_the_accounts_own_alarms_publish_on_their_topic(stack: Declared) -> None:
    allowed, denied = json.loads(inputs(stack, "alarms-access")["policy"])["Statement"]
    assert allowed["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert allowed["Condition"] == {"StringEquals": {"aws:SourceAccount": "123456789012"}}
    assert (denied["Effect"], denied["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})


def test_cloudwatch_can_use_the_alarms_topic(stack: Declared) -> None:
    # With the account's own key for SNS, it could not.
    assert "kmsMasterKeyId" not in inputs(stack, "monitoring-alarms")


def test_an_address_is_told_of_alarms_where_it_is_configured(dev: Declared, declare: Any) -> None:
    assert not of_type(dev, "aws:sns/topicSubscription:TopicSubscription")
    (told,) = of_type(declare(alarmEmail="owner@example.com"), "aws:sns/topicSubscription:TopicSubscription")
    assert (told.inputs["protocol"], told.inputs["endpoint"]) == ("email", "owner@example.com")
    assert told.inputs["topic"].endswith("-monitoring-alarms")


def test_a_budget_is_off_unless_it_is_configured(stack: Declared) -> None:
    assert not of_type(stack, "aws:budgets/budget:Budget")


def test_a_budget_tells_of_the_forecast_and_of_the_costs(declare: Any) -> None:
    declared = declare(alarmEmail="owner@example.com", monthlyBudgetUsd=20)
    (budget,) = of_type(declared, "aws:budgets/budget:Budget")
    assert (budget.inputs["limitAmount"], budget.inputs["limitUnit"]) == ("20", "USD")
    told = budget.inputs["notifications"]
    assert {notification["notificationType"] for notification in told} == {"FORECASTED", "ACTUAL"}
    assert all(notification["subscriberEmailAddresses"] == ["owner@example.com"] for notification in told)


def body(declared: Declared) -> dict[str, Any]:
    (dashboard,) = of_type(declared, "aws:cloudwatch/dashboard:Dashboard")
    read: dict[str, Any] = json.loads(dashboard.inputs["dashboardBody"])
    return read


@dataclass(frozen=True)
class Suffixing(Recorder):
    """Names topics as AWS has them: the logical name, and a suffix that no two have in common."""

    def make(self, type_token: str, name: str, inputs: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        given = f"{name}-1a2b3c4" if type_token == "aws:sns/topic:Topic" else name
        return super().make(type_token, given, inputs)


def test_two_stacks_of_one_name_have_a_dashboard_each() -> None:
    (dashboard,) = of_type(program.run("dev", Suffixing()), "aws:cloudwatch/dashboard:Dashboard")
    assert dashboard.inputs["dashboardName"] == "safelight-dev-monitoring-1a2b3c4"


def test_the_dashboard_shows_every_metric_that_the_worker_keeps(stack: Declared) -> None:
    shown = [metric for widget in body(stack)["widgets"] for metric in widget["properties"]["metrics"]]
    own = {metric[1]: metric[3] for metric in shown if metric[0] == METRICS_NAMESPACE}
    assert set(own) == set(METRICS)
    assert set(own.values()) == {inputs(stack, "-worker")["environment"]["variables"][Variable.STACK]}


def test_every_graph_of_the_dashboard_shows_something_and_lies_over_no_other(stack: Declared) -> None:
    widgets = body(stack)["widgets"]
    assert len({(widget["x"], widget["y"]) for widget in widgets}) == len(GRAPHS)
    assert all(widget["properties"]["metrics"] for widget in widgets)
    assert {widget["properties"]["region"] for widget in widgets} == {"eu-west-1"}


def test_every_function_knows_its_stacks_name(stack: Declared) -> None:
    for function in of_type(stack, "aws:lambda/function:Function"):
        assert f"-{function.inputs['environment']['variables'][Variable.STACK]}-" in function.name
