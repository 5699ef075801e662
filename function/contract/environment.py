"""Names of the environment variables through which the stack configures its functions."""

from typing import Final


class Variable:
    """Names of the environment variables through which the stack configures its functions."""

    ORIGINALS_BUCKET: Final = "ORIGINALS_BUCKET"
    RENDITIONS_BUCKET: Final = "RENDITIONS_BUCKET"
    TABLE: Final = "TABLE"
    TOPIC_ARN: Final = "TOPIC_ARN"
    ORIGINALS_PREFIX: Final = "ORIGINALS_PREFIX"
    INBOX_PREFIX: Final = "INBOX_PREFIX"
    INBOX_PATTERN: Final = "INBOX_PATTERN"
    RENDITIONS: Final = "RENDITIONS"
    # The scheme and host of the signed URLs of renditions, which the gallery's page may show pictures from.
    RENDITIONS_ORIGIN: Final = "RENDITIONS_ORIGIN"
    SIGNED_URL_SECONDS: Final = "SIGNED_URL_SECONDS"
    SIGN_IN: Final = "SIGN_IN"
    STACK: Final = "STACK"
    QUEUE_URL: Final = "QUEUE_URL"
    # Without it, nobody asks Rekognition.
    REKOGNITION_MONTHLY_IMAGES: Final = "REKOGNITION_MONTHLY_IMAGES"
    MAXIMUM_RECEIVES: Final = "MAXIMUM_RECEIVES"
    # The function that draws PostScript, in a stack that has one.
    POSTSCRIPT_FUNCTION: Final = "POSTSCRIPT_FUNCTION"
    # Another store than S3, where the buckets lie in one; no stack in AWS sets these.
    S3_ENDPOINT: Final = "S3_ENDPOINT"
    S3_REGION: Final = "S3_REGION"
    S3_ACCESS_KEY: Final = "S3_ACCESS_KEY"
    S3_SECRET_KEY: Final = "S3_SECRET_KEY"  # noqa: S105 - a name
