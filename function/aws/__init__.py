"""Adapters, one per AWS service: they translate, and decide nothing."""
