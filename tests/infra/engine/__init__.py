"""Runs the program by Pulumi's own CLI and engine, against the embedded AWS: its language host and its plug-ins."""
