"""Declares the topic on which the stack announces the state of each photo."""

import pulumi
import pulumi_aws as aws


class Events(pulumi.ComponentResource):
    """One SNS topic for the events photo.ready, photo.flagged, photo.failed, photo.skipped, photo.deleted."""

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("safelight:events:Events", name, None, opts)
        self.topic = aws.sns.Topic(name, kms_master_key_id="alias/aws/sns", opts=pulumi.ResourceOptions(parent=self))
        self.register_outputs({"arn": self.topic.arn})
