"""Builds, tests and measures the functions' container image."""
