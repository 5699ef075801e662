"""Changes of MiniStack, a module each: what AWS does, what MiniStack does, when the change is no longer needed."""

from local.emulator.patches import folders, listings, memory, permissions, policies, queries, saving, versions

PATCHES = (versions, saving, policies, folders, permissions, queries, listings, memory)


def apply() -> None:
    """Apply every patch, before the first request."""
    for patch in PATCHES:
        patch.apply()
