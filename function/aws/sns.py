"""Publishes state changes to an SNS topic."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from function.aws.errors import translating_errors
from function.errors import ServiceUnavailableError
from function.index.keys import photo_id
from function.values.photo import Photo

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient
    from types_boto3_sns.type_defs import PublishBatchRequestEntryTypeDef

# SNS's limit of one call.
PUBLISHED_AT_ONCE = 10


@dataclass(frozen=True)
class SnsAnnouncements:
    """Publishes the state changes of photos. Subscribers can filter by the message attribute `event`."""

    client: "SNSClient"
    topic_arn: str

    def publish(self, events: Sequence[tuple[str, Photo]]) -> None:
        """Publish each event with the photo's id, key, state and version alone. Raises ServiceUnavailableError."""
        for start in range(0, len(events), PUBLISHED_AT_ONCE):
            entries = [_entry(str(number), *one) for number, one in enumerate(events[start:][:PUBLISHED_AT_ONCE])]
            with translating_errors("SNS"):
                answer = self.client.publish_batch(TopicArn=self.topic_arn, PublishBatchRequestEntries=entries)
            if failed := answer.get("Failed"):
                raise ServiceUnavailableError(f"SNS: {failed[0]['Code']}")


def _entry(identifier: str, event: str, photo: Photo) -> "PublishBatchRequestEntryTypeDef":
    content = {"id": photo_id(photo.key), "key": photo.key, "state": photo.state, "version": photo.version_id}
    return {
        "Id": identifier,
        "Message": json.dumps({"event": event, **content}),
        "MessageAttributes": {"event": {"DataType": "String", "StringValue": event}},
    }
