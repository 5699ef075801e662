"""The functions' container image: what its build runs, and how it is tried and measured."""
