"""The handlers of the routes, one module per resource: each decodes a request, calls a service and answers."""
