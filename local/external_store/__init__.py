"""Keeps the library's buckets in another S3-compatible store; the rest of the declared stack runs as ever."""
