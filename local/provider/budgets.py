"""Creates budgets; the embedded AWS only stores them, because nothing here has a price."""

from typing import Any

from local.emulator.clients import Aws, pascal, pick
from local.provider.result import Result


def budget(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Create or update a monthly budget with its notifications."""
    account = aws.client("sts").get_caller_identity()["Account"]
    aws.client("budgets").create_budget(
        AccountId=account,
        Budget={
            "BudgetName": name,
            "BudgetLimit": {"Amount": inputs["limitAmount"], "Unit": inputs["limitUnit"]},
            **pick(inputs, "timeUnit", "budgetType"),
        },
        NotificationsWithSubscribers=[_notification(entry) for entry in inputs["notifications"]],
    )
    return f"{account}:{name}", {"name": name, "accountId": account}


def _notification(entry: dict[str, Any]) -> dict[str, Any]:
    emails = [{"SubscriptionType": "EMAIL", "Address": email} for email in entry["subscriberEmailAddresses"]]
    notification = {key: value for key, value in pascal(entry).items() if key != "SubscriberEmailAddresses"}
    return {"Notification": notification, "Subscribers": emails}
