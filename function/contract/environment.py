"""Lists the environment variables through which the stack configures its functions."""

from typing import Final


class Variable:
    """The names of the variables. Values are checked by `function.settings`."""

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
    # Without it, Rekognition is not called.
    REKOGNITION_MONTHLY_IMAGES: Final = "REKOGNITION_MONTHLY_IMAGES"
    MAXIMUM_RECEIVES: Final = "MAXIMUM_RECEIVES"
    # The function that draws PostScript, in a stack that has one.
    POSTSCRIPT_FUNCTION: Final = "POSTSCRIPT_FUNCTION"
    # A store other than S3 that holds the buckets. No stack in AWS sets these.
    S3_ENDPOINT: Final = "S3_ENDPOINT"
    S3_REGION: Final = "S3_REGION"
    S3_ACCESS_KEY: Final = "S3_ACCESS_KEY"
    S3_SECRET_KEY: Final = "S3_SECRET_KEY"  # noqa: S105 - a name
