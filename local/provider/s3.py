"""Buckets and what is declared about them."""

from typing import Any

from local.emulator.clients import Aws, pascal

Made = tuple[str, dict[str, Any]]


def bucket(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """The bucket; one that is there already keeps its objects."""
    name = inputs.get("bucket", name)
    if name not in {found["Name"] for found in aws.s3.list_buckets()["Buckets"]}:
        create(aws, name)
    return made(aws, name)


def create(aws: Aws, name: str) -> None:
    """Create the bucket in the client's region."""
    # S3 takes its first region for granted, and refuses to be told.
    place = {} if aws.region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": aws.region}}
    aws.client("s3").create_bucket(Bucket=name, **place)


def made(aws: Aws, name: str) -> Made:
    """The id and the outputs of a bucket that is there."""
    return name, {"bucket": name, "arn": f"arn:aws:s3:::{name}", "bucketRegion": aws.region}


def ownership(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """Who owns the objects."""
    rules = {"Rules": [pascal(inputs["rule"])]}
    aws.client("s3").put_bucket_ownership_controls(Bucket=inputs["bucket"], OwnershipControls=rules)
    return name, {}


def encryption(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """Encryption at rest."""
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


def public_access_block(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """What is never public, whatever a policy says."""
    blocked = {key: value for key, value in pascal(inputs).items() if isinstance(value, bool)}
    aws.client("s3").put_public_access_block(Bucket=inputs["bucket"], PublicAccessBlockConfiguration=blocked)
    return name, {}


def policy(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """The bucket's own policy."""
    aws.s3.put_bucket_policy(Bucket=inputs["bucket"], Policy=inputs["policy"])
    return name, {}


def versioning(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """Whether older versions are kept."""
    aws.client("s3").put_bucket_versioning(
        Bucket=inputs["bucket"], VersioningConfiguration=pascal(inputs["versioningConfiguration"])
    )
    return name, {}


def lifecycle(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """What becomes of old versions and old originals."""
    rules = [_lifecycle_rule(pascal(rule)) for rule in inputs["rules"]]
    aws.client("s3").put_bucket_lifecycle_configuration(
        Bucket=inputs["bucket"], LifecycleConfiguration={"Rules": rules}
    )
    return name, {}


def notification(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """Whom the bucket tells of what."""
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
    # Pulumi names the rule's id as a property, AWS in capitals.
    rule["ID"] = rule.pop("Id")
    return rule
