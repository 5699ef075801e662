"""The topic, in SNS."""

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

# What one call takes, by SNS's own limit.
PUBLISHED_AT_ONCE = 10


@dataclass(frozen=True)
class SnsAnnouncements:
    """The topic that tells what became of a photo; subscribers can filter by the attribute `event`."""

    client: "SNSClient"
    topic_arn: str

    def publish(self, events: Sequence[tuple[str, Photo]]) -> None:
        """Tell of each event: the photo's id, key, state and version, nothing personal."""
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
