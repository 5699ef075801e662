"""Analyses pictures within a monthly budget: labels."""
