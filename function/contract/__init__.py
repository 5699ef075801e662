"""Holds the constants that stack and functions agree on. Imports the standard library alone."""
