"""Implements the ports by adapters, one per AWS service, which translate and decide nothing."""
