"""Declares the two buckets: originals, never altered, and the renditions that are made from them."""

import pulumi
import pulumi_aws as aws

from infra import policies
from infra.settings import Settings

ABORT_UPLOADS_AFTER_DAYS = 7


class PrivateBucket(pulumi.ComponentResource):
    """A private, encrypted bucket without ACLs that refuses plain HTTP."""

    def __init__(
        self,
        name: str,
        settings: Settings,
        *,
        adopted: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("safelight:storage:PrivateBucket", name, None, opts)
        self._name, self._child_opts = name, pulumi.ResourceOptions(parent=self)
        self.bucket = aws.s3.Bucket(
            name,
            bucket=adopted,
            force_destroy=settings.force_destroy,
            # Pulumi's `protect` does not cover a bucket that an adopted one replaces: so it is left in the account.
            opts=pulumi.ResourceOptions(parent=self, retain_on_delete=settings.protected, import_=adopted),
        )
        self.arn, self.name = self.bucket.arn, self.bucket.bucket
        self.origin = self.name.apply(lambda bucket: origin(bucket, settings.region))
        self._own_and_encrypt()
        self._block_public_access()
        self.register_outputs({"name": self.name, "arn": self.arn})

    def _own_and_encrypt(self) -> None:
        aws.s3.BucketOwnershipControls(
            f"{self._name}-ownership",
            bucket=self.bucket.id,
            rule={"object_ownership": "BucketOwnerEnforced"},
            opts=self._child_opts,
        )
        aws.s3.BucketServerSideEncryptionConfiguration(
            f"{self._name}-encryption",
            bucket=self.bucket.id,
            rules=[{"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}}],
            opts=self._child_opts,
        )

    def _block_public_access(self) -> None:
        closed = aws.s3.BucketPublicAccessBlock(
            f"{self._name}-closed",
            bucket=self.bucket.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=self._child_opts,
        )
        aws.s3.BucketPolicy(
            f"{self._name}-tls-only",
            bucket=self.bucket.id,
            policy=self.arn.apply(policies.tls_only).apply(policies.document),
            # S3 refuses two concurrent changes of a bucket's access.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[closed]),
        )


class Storage(pulumi.ComponentResource):
    """The originals bucket, versioned, and the renditions bucket, whose objects can be made again."""

    def __init__(self, name: str, settings: Settings, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("safelight:storage:Storage", name, None, opts)
        # The components inherit `protect`, so that a bucket's settings are protected with it.
        self._child_opts = pulumi.ResourceOptions(parent=self, protect=settings.protected)
        self.originals = PrivateBucket(
            f"{name}-originals", settings, adopted=settings.adopt_originals, opts=self._child_opts
        )
        self.renditions = PrivateBucket(
            f"{name}-renditions", settings, adopted=settings.adopt_renditions, opts=self._child_opts
        )
        versioning = aws.s3.BucketVersioning(
            f"{name}-originals-versioning",
            bucket=self.originals.bucket.id,
            versioning_configuration={"status": "Enabled"},
            opts=self._child_opts,
        )
        aws.s3.BucketLifecycleConfiguration(
            f"{name}-originals-lifecycle",
            bucket=self.originals.bucket.id,
            rules=_originals_rules(settings),
            # The rule about older versions needs versioning first.
            opts=pulumi.ResourceOptions.merge(self._child_opts, pulumi.ResourceOptions(depends_on=[versioning])),
        )
        self.register_outputs({})


def origin(bucket: str, region: str) -> str:
    """Return the scheme and host of the bucket's presigned URLs, as the SDK makes them."""
    host = f"s3.{region}.amazonaws.com{'.cn' if region.startswith('cn-') else ''}"
    # S3's certificate covers one label before its host: a name with dots goes into the path.
    return f"https://{host}" if "." in bucket else f"https://{bucket}.{host}"


def _originals_rules(settings: Settings) -> list[aws.s3.BucketLifecycleConfigurationRuleArgsDict]:
    rules: list[aws.s3.BucketLifecycleConfigurationRuleArgsDict] = [
        {
            "id": "trash",
            "status": "Enabled",
            "filter": {"prefix": ""},
            "noncurrent_version_expiration": {"noncurrent_days": settings.trash_days},
            "expiration": {"expired_object_delete_marker": True},
            "abort_incomplete_multipart_upload": {"days_after_initiation": ABORT_UPLOADS_AFTER_DAYS},
        }
    ]
    if settings.archive_class:
        rules.append(
            {
                "id": "archive",
                "status": "Enabled",
                "filter": {"prefix": settings.originals_prefix},
                "transitions": [{"days": settings.archive_after_days, "storage_class": settings.archive_class}],
            }
        )
    return rules
