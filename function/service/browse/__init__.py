"""Looks photos up for the API."""
