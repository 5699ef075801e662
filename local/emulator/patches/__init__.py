"""Changes of MiniStack, a module each: what AWS does, what MiniStack does, when the change is no longer needed."""

from local.emulator.patches import (
    alarms,
    authorizers,
    challenges,
    clock,
    folders,
    function_keys,
    items,
    messages,
    objects,
    permissions,
    policies,
    refresh_tokens,
    sign_up,
    state,
    versions,
    wildcards,
)

ACCESS = (policies, permissions, wildcards, function_keys, sign_up, challenges, refresh_tokens)
ANSWERS = (alarms, authorizers)
# Later ones wrap what earlier ones have changed: `versions` what `objects` stores, `state` what the others load.
PATCHES = (folders, objects, versions, *ACCESS, *ANSWERS, items, messages, clock, state)


def apply() -> None:
    """Apply every patch, before the first request."""
    for patch in PATCHES:
        patch.apply()
