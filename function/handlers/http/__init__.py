"""The HTTP layer of the API: request, response and router."""
