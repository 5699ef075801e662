"""Implements the ports of buckets by S3: objects, copies, ranged reads, records."""
