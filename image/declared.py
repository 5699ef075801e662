"""Runs the declared stack without its worker, so that the image's container can do the work."""

from dataclasses import dataclass
from typing import Any

from image.container import ContainerError
from local.library.library import Library

WAIT_SECONDS = 20
BATCH = 10


@dataclass(frozen=True)
class DeclaredFunction:
    """A function as declared: its handler, its environment with its role's credentials, its memory in MB."""

    name: str
    handler: str
    environment: dict[str, str]
    memory: int


def function(library: Library, handler: str) -> DeclaredFunction:
    """Return the declared function with this handler."""
    functions = library.aws.client("lambda").list_functions()["Functions"]
    found = next(one for one in functions if one["Handler"] == handler)
    session = library.aws.client("sts").assume_role(RoleArn=found["Role"], RoleSessionName="image")["Credentials"]
    environment = {
        **found["Environment"]["Variables"],
        "AWS_ENDPOINT_URL": library.aws.endpoint,
        "AWS_REGION": library.aws.region,
        "AWS_DEFAULT_REGION": library.aws.region,  # the SDK for Python reads this one; Lambda sets both
        "AWS_ACCESS_KEY_ID": session["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": session["SecretAccessKey"],
        "AWS_SESSION_TOKEN": session["SessionToken"],
    }
    return DeclaredFunction(found["FunctionName"], handler, environment, found["MemorySize"])


def pause(library: Library, worker: DeclaredFunction) -> None:
    """Stop the worker from receiving messages, and remove S3's test message from the queue."""
    client = library.aws.client("lambda")
    for mapping in client.list_event_source_mappings(FunctionName=worker.name)["EventSourceMappings"]:
        client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    library.aws.sqs.purge_queue(QueueUrl=library.queue_url)


def messages(library: Library, count: int) -> list[dict[str, Any]]:
    """Receive `count` messages of the queue, in the form in which Lambda passes them. Raises ContainerError."""
    received: list[dict[str, Any]] = []
    while len(received) < count:
        found = library.aws.sqs.receive_message(
            QueueUrl=library.queue_url,
            MaxNumberOfMessages=min(BATCH, count - len(received)),
            WaitTimeSeconds=WAIT_SECONDS,
        ).get("Messages")
        if not found:
            raise ContainerError(f"the queue has {len(received)} messages, not {count}")
        received += ({"messageId": one["MessageId"], "body": one["Body"], "eventSource": "aws:sqs"} for one in found)
    return received
