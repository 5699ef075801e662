"""Adapters of S3: buckets, copies, ranges, records."""
