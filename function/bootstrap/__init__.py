"""Wires settings, adapters and services: one module for each kind of function, and one for AWS's clients."""
