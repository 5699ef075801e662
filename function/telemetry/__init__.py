"""Writes logs and metrics."""
