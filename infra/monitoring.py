"""Declares alarms, the topic and the budget that notify the owner, and the dashboard."""

import json
from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from infra import dashboard, policies
from infra.alarms import Alarm, MonitoredResource
from infra.settings import Settings

PERIOD_SECONDS = 300
# AWS sends one message when the month's forecast exceeds the budget, and another when the month's costs do.
BUDGET_ALARMS = ("FORECASTED", "ACTUAL")


class Monitoring(pulumi.ComponentResource):
    """A topic for alarms, the alarms of all monitored resources, a dashboard and, if configured, a budget."""

    def __init__(
        self,
        name: str,
        settings: Settings,
        resources: Sequence[MonitoredResource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("safelight:monitoring:Monitoring", name, None, opts)
        self._name, self._child_opts = name, pulumi.ResourceOptions(parent=self)
        self.topic = self._topic(settings)
        for resource in resources:
            for alarm in resource.kind.alarms:
                self._alarm(resource, alarm)
        self._dashboard(settings.region, resources)
        if settings.monthly_budget_usd and settings.alarm_email:
            self._budget(settings.monthly_budget_usd, settings.alarm_email)
        self.register_outputs({"alarms": self.topic.arn})

    def _topic(self, settings: Settings) -> aws.sns.Topic:
        # Not encrypted with the account's key for SNS: CloudWatch may not use that key, and no alarm would arrive.
        topic = aws.sns.Topic(f"{self._name}-alarms", opts=self._child_opts)
        aws.sns.TopicPolicy(
            f"{self._name}-alarms-access",
            arn=topic.arn,
            policy=topic.arn.apply(lambda arn: policies.document(policies.alarm_access(arn, arn.split(":")[4]))),
            opts=self._child_opts,
        )
        if settings.alarm_email:
            aws.sns.TopicSubscription(
                f"{self._name}-email",
                topic=topic.arn,
                protocol="email",
                endpoint=settings.alarm_email,
                opts=self._child_opts,
            )
        return topic

    def _alarm(self, resource: MonitoredResource, alarm: Alarm) -> None:
        aws.cloudwatch.MetricAlarm(
            f"{self._name}-{resource.name}-{alarm.metric}",
            alarm_description=alarm.says,
            namespace=resource.kind.namespace,
            metric_name=alarm.metric,
            dimensions={resource.kind.dimension: resource.value},
            statistic=alarm.statistic,
            comparison_operator="GreaterThanThreshold",
            threshold=alarm.above,
            period=PERIOD_SECONDS,
            evaluation_periods=1,
            treat_missing_data="notBreaching",  # an idle stack has no data, which is no fault
            alarm_actions=[self.topic.arn],
            ok_actions=[self.topic.arn],
            opts=self._child_opts,
        )

    def _dashboard(self, region: str, resources: Sequence[MonitoredResource]) -> None:
        # A dashboard's name is unique in the account and the provider adds no suffix to it, so it takes the topic's.
        suffix = self.topic.name.apply(lambda name: name.removeprefix(f"{self._name}-alarms"))
        kinds = [resource.kind for resource in resources]
        stack = pulumi.get_stack()
        aws.cloudwatch.Dashboard(
            f"{self._name}-dashboard",
            dashboard_name=pulumi.Output.concat(self._name, suffix),
            dashboard_body=pulumi.Output.all(*(resource.value for resource in resources)).apply(
                lambda values: json.dumps(dashboard.body(region, stack, list(zip(kinds, values, strict=True))))
            ),
            opts=self._child_opts,
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
            opts=self._child_opts,
        )
