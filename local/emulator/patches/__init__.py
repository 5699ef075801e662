"""Changes of MiniStack, a module each: what AWS does, what MiniStack does, when the change is no longer needed."""

from local.emulator.patches import (
    challenges,
    folders,
    function_keys,
    permissions,
    policies,
    refresh_tokens,
    saving,
    sign_up,
    versions,
)

PATCHES = (versions, saving, policies, folders, permissions, function_keys, sign_up, challenges, refresh_tokens)


def apply() -> None:
    """Apply every patch, before the first request."""
    for patch in PATCHES:
        patch.apply()
