"""Estimates the costs of a library in AWS and on disks at home, from the stack's own counts and a dated price list."""
