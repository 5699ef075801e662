"""Runs the decoders in a process of their own: a crash, a hang or too much memory costs one photo, never the batch."""
