"""The embedded AWS: its process, its doors, who may call what, and the patches that make it behave like AWS."""
