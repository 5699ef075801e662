"""Runs the declared stack on this machine, in an embedded AWS, with its roles and policies enforced."""
