"""Pairs sidecars with photos and puts their words over those of the photos."""
