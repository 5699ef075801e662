"""The topic, in SNS."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from function.aws.faults import reaching
from function.keys import photo_id
from function.values import Photo

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient


@dataclass(frozen=True)
class SnsAnnouncements:
    """The topic that tells what became of a photo; subscribers can filter by the attribute `event`."""

    client: "SNSClient"
    topic_arn: str

    def publish(self, event: str, photo: Photo) -> None:
        """Tell of an event: the photo's id, key, state and version, nothing personal."""
        told = {"id": photo_id(photo.key), "key": photo.key, "state": photo.state, "version": photo.version_id}
        with reaching("SNS"):
            self.client.publish(
                TopicArn=self.topic_arn,
                Message=json.dumps({"event": event, **told}),
                MessageAttributes={"event": {"DataType": "String", "StringValue": event}},
            )
