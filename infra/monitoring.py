"""Who is told when something is wrong or dear, and the page that shows how the stack does."""

import json
from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from infra import dashboard, policies
from infra.alarms import Alarm, Watched
from infra.settings import Settings

PERIOD_SECONDS = 300
# Told when the month's forecast passes the budget, and again when the month's costs do.
BUDGET_ALARMS = ("FORECASTED", "ACTUAL")


class Monitoring(pulumi.ComponentResource):
    """A topic for alarms, the alarms of all that is watched, a dashboard, and a budget where one is configured."""

    def __init__(
        self, name: str, settings: Settings, watched: Sequence[Watched], opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("safelight:monitoring:Monitoring", name, None, opts)
        self._name, self._within = name, pulumi.ResourceOptions(parent=self)
        self.topic = self._topic(settings)
        for thing in watched:
            for alarm in thing.kind.alarms:
                self._alarm(thing, alarm)
        self._dashboard(settings.region, watched)
        if settings.monthly_budget_usd and settings.alarm_email:
            self._budget(settings.monthly_budget_usd, settings.alarm_email)
        self.register_outputs({"alarms": self.topic.arn})

    def _topic(self, settings: Settings) -> aws.sns.Topic:
        # Not encrypted with the account's key for SNS: CloudWatch may not use that one, and no alarm would arrive.
        topic = aws.sns.Topic(f"{self._name}-alarms", opts=self._within)
        aws.sns.TopicPolicy(
            f"{self._name}-alarms-access",
            arn=topic.arn,
            policy=topic.arn.apply(lambda arn: policies.document(policies.alarm_access(arn, arn.split(":")[4]))),
            opts=self._within,
        )
        if settings.alarm_email:
            aws.sns.TopicSubscription(
                f"{self._name}-email",
                topic=topic.arn,
                protocol="email",
                endpoint=settings.alarm_email,
                opts=self._within,
            )
        return topic

    def _alarm(self, thing: Watched, alarm: Alarm) -> None:
        aws.cloudwatch.MetricAlarm(
            f"{self._name}-{thing.name}-{alarm.metric}",
            alarm_description=alarm.says,
            namespace=thing.kind.namespace,
            metric_name=alarm.metric,
            dimensions={thing.kind.dimension: thing.value},
            statistic=alarm.statistic,
            comparison_operator="GreaterThanThreshold",
            threshold=alarm.above,
            period=PERIOD_SECONDS,
            evaluation_periods=1,
            treat_missing_data="notBreaching",  # nothing runs while nobody uses it
            alarm_actions=[self.topic.arn],
            ok_actions=[self.topic.arn],
            opts=self._within,
        )

    def _dashboard(self, region: str, watched: Sequence[Watched]) -> None:
        # AWS has one dashboard of a name, and the provider gives it none: it shares the topic's suffix.
        suffix = self.topic.name.apply(lambda name: name.removeprefix(f"{self._name}-alarms"))
        kinds = [thing.kind for thing in watched]
        stack = pulumi.get_stack()
        aws.cloudwatch.Dashboard(
            f"{self._name}-dashboard",
            dashboard_name=pulumi.Output.concat(self._name, suffix),
            dashboard_body=pulumi.Output.all(*(thing.value for thing in watched)).apply(
                lambda values: json.dumps(dashboard.body(region, stack, list(zip(kinds, values, strict=True))))
            ),
            opts=self._within,
        )

    def _budget(self, dollars: int, email: str) -> None:
        aws.budgets.Budget(
            f"{self._name}-budget",
            budget_type="COST",
            time_unit="MONTHLY",
            limit_amount=str(dollars),
            limit_unit="USD",
            notifications=[
                {
                    "notification_type": kind,
                    "comparison_operator": "GREATER_THAN",
                    "threshold": 100,
                    "threshold_type": "PERCENTAGE",
                    "subscriber_email_addresses": [email],
                }
                for kind in BUDGET_ALARMS
            ],
            opts=self._within,
        )
