"""Runs the Pulumi program under a monitor of its own."""
