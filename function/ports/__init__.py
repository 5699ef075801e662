"""The network's edges, as the services see them."""
