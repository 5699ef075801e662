"""Moves files of the inbox to their place among the originals."""
