"""Runs the decoders in a child process, so that a crash, a hang or too much memory costs one photo and no batch."""
