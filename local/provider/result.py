"""Names the result of making a resource."""

from typing import Any

# The id and the output properties of a resource, as Pulumi expects them of a provider.
Result = tuple[str, dict[str, Any]]
