"""Budgets, of which the embedded AWS keeps the declaration: nothing here costs anything."""

from typing import Any

from local.emulator.clients import Aws, chosen, pascal

Made = tuple[str, dict[str, Any]]


def budget(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """How much a month may cost, and who is told."""
    account = aws.client("sts").get_caller_identity()["Account"]
    aws.client("budgets").create_budget(
        AccountId=account,
        Budget={
            "BudgetName": name,
            "BudgetLimit": {"Amount": inputs["limitAmount"], "Unit": inputs["limitUnit"]},
            **chosen(inputs, "timeUnit", "budgetType"),
        },
        NotificationsWithSubscribers=[_notification(told) for told in inputs["notifications"]],
    )
    return f"{account}:{name}", {"name": name, "accountId": account}


def _notification(told: dict[str, Any]) -> dict[str, Any]:
    emails = [{"SubscriptionType": "EMAIL", "Address": email} for email in told["subscriberEmailAddresses"]]
    notification = {key: value for key, value in pascal(told).items() if key != "SubscriberEmailAddresses"}
    return {"Notification": notification, "Subscribers": emails}
