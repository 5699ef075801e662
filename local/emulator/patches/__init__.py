"""Changes of MiniStack, a module each: what AWS does, what MiniStack does, when the change is no longer needed."""

from local.emulator.patches import clock, folders, items, messages, objects, permissions, policies, state, versions

# Later ones wrap what earlier ones have changed: `versions` what `objects` stores, `state` what the others load.
PATCHES = (folders, objects, versions, policies, permissions, items, messages, clock, state)


def apply() -> None:
    """Apply every patch, before the first request."""
    for patch in PATCHES:
        patch.apply()
