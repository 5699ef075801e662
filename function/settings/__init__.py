"""Reads the functions' settings from the environment."""
