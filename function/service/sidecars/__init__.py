"""Pairs sidecars with photos, and applies their metadata over that of the photos."""
