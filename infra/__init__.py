"""Declares the Pulumi components of the stack, one file per noun."""
