"""Moves inbox files to their keys among the originals."""
