"""Creates buckets and their settings."""

from typing import Any

from local.emulator.clients import Aws, pascal
from local.provider.result import Result


def bucket(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Create the bucket, or find the existing one with its objects."""
    name = inputs.get("bucket", name)
    if name not in {found["Name"] for found in aws.s3.list_buckets()["Buckets"]}:
        create(aws, name)
    return result(aws, name)


def create(aws: Aws, name: str) -> None:
    """Create the bucket in the client's region."""
    # us-east-1 is S3's default, and S3 refuses it as a location constraint.
    place = {} if aws.region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": aws.region}}
    aws.client("s3").create_bucket(Bucket=name, **place)


def result(aws: Aws, name: str) -> Result:
    """Return the id and the outputs of an existing bucket."""
    return name, {"bucket": name, "arn": f"arn:aws:s3:::{name}", "bucketRegion": aws.region}


def ownership(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Put the ownership controls."""
    rules = {"Rules": [pascal(inputs["rule"])]}
    aws.client("s3").put_bucket_ownership_controls(Bucket=inputs["bucket"], OwnershipControls=rules)
    return name, {}


def encryption(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Put the default encryption."""
    rules = [
        {
            "ApplyServerSideEncryptionByDefault": {
                "SSEAlgorithm": rule["applyServerSideEncryptionByDefault"]["sseAlgorithm"]
            }
        }
        for rule in inputs["rules"]
    ]
    aws.client("s3").put_bucket_encryption(Bucket=inputs["bucket"], ServerSideEncryptionConfiguration={"Rules": rules})
    return name, {}


def public_access_block(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Put the public access block."""
    blocked = {key: value for key, value in pascal(inputs).items() if isinstance(value, bool)}
    aws.client("s3").put_public_access_block(Bucket=inputs["bucket"], PublicAccessBlockConfiguration=blocked)
    return name, {}


def policy(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Put the bucket's policy."""
    aws.s3.put_bucket_policy(Bucket=inputs["bucket"], Policy=inputs["policy"])
    return name, {}


def versioning(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Put the versioning configuration."""
    aws.client("s3").put_bucket_versioning(
        Bucket=inputs["bucket"], VersioningConfiguration=pascal(inputs["versioningConfiguration"])
    )
    return name, {}


def lifecycle(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Put the lifecycle rules."""
    rules = [_lifecycle_rule(pascal(rule)) for rule in inputs["rules"]]
    aws.client("s3").put_bucket_lifecycle_configuration(
        Bucket=inputs["bucket"], LifecycleConfiguration={"Rules": rules}
    )
    return name, {}


def notification(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Put the notifications to queues."""
    queues = [
        {
            "Id": queue["id"],
            "QueueArn": queue["queueArn"],
            "Events": queue["events"],
            "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": queue["filterPrefix"]}]}},
        }
        for queue in inputs["queues"]
    ]
    aws.client("s3").put_bucket_notification_configuration(
        Bucket=inputs["bucket"], NotificationConfiguration={"QueueConfigurations": queues}
    )
    return name, {}


def _lifecycle_rule(rule: dict[str, Any]) -> dict[str, Any]:
    # AWS spells the rule's id in capitals.
    rule["ID"] = rule.pop("Id")
    return rule
