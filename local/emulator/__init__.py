"""Runs the embedded AWS: its process, its doors, its access log, and the patches that make it behave like AWS."""
