"""Analyses of pictures, each within a budget: labels."""
