"""The declared stack with its functions' work left to be done: by the image, in a container."""

from dataclasses import dataclass
from typing import Any

from image.container import ContainerError
from local.library.library import Library

WAIT_SECONDS = 20
BATCH = 10


@dataclass(frozen=True)
class DeclaredFunction:
    """What the stack declares of a function: its handler, its environment with its role's keys, its memory in MB."""

    name: str
    handler: str
    environment: dict[str, str]
    memory: int


def function(opened: Library, handler: str) -> DeclaredFunction:
    """The declared function with this handler."""
    known = opened.aws.client("lambda").list_functions()["Functions"]
    found = next(one for one in known if one["Handler"] == handler)
    session = opened.aws.client("sts").assume_role(RoleArn=found["Role"], RoleSessionName="image")["Credentials"]
    environment = {
        **found["Environment"]["Variables"],
        "AWS_ENDPOINT_URL": opened.aws.endpoint,
        "AWS_REGION": opened.aws.region,
        "AWS_DEFAULT_REGION": opened.aws.region,  # the SDK for Python reads this one; Lambda sets both
        "AWS_ACCESS_KEY_ID": session["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": session["SecretAccessKey"],
        "AWS_SESSION_TOKEN": session["SessionToken"],
    }
    return DeclaredFunction(found["FunctionName"], handler, environment, found["MemorySize"])


def pause(opened: Library, worker: DeclaredFunction) -> None:
    """Leave the queue's messages in the queue, from now on: S3 tells it that it will tell, which may still be there."""
    client = opened.aws.client("lambda")
    for mapping in client.list_event_source_mappings(FunctionName=worker.name)["EventSourceMappings"]:
        client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    opened.aws.sqs.purge_queue(QueueUrl=opened.queue_url)


def messages(opened: Library, count: int) -> list[dict[str, Any]]:
    """So many of the queue's messages, as Lambda hands them to a function."""
    taken: list[dict[str, Any]] = []
    while len(taken) < count:
        found = opened.aws.sqs.receive_message(
            QueueUrl=opened.queue_url, MaxNumberOfMessages=min(BATCH, count - len(taken)), WaitTimeSeconds=WAIT_SECONDS
        ).get("Messages")
        if not found:
            raise ContainerError(f"the queue has {len(taken)} messages, not {count}")
        taken += ({"messageId": one["MessageId"], "body": one["Body"], "eventSource": "aws:sqs"} for one in found)
    return taken
