"""Implements the use cases, independent of AWS."""
