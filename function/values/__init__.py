"""The values that travel through the functions: frozen dataclasses without behaviour that needs a service."""
