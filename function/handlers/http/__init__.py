"""The HTTP side of the API: requests and responses."""
