"""Changes that an owner makes to a photo."""
