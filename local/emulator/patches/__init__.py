"""Changes of MiniStack, a module each: what AWS does, what MiniStack does, when the change is no longer needed."""

from local.emulator.patches import (
    alarms,
    authorizers,
    challenges,
    clock,
    folders,
    function_keys,
    items,
    listings,
    memory,
    messages,
    objects,
    permissions,
    policies,
    queries,
    refresh_tokens,
    sign_up,
    state,
    versions,
    wildcards,
)

ACCESS = (policies, permissions, wildcards, function_keys, sign_up, challenges, refresh_tokens)
ANSWERS = (alarms, authorizers)
STORAGE = (items, messages, clock, state)
# Later ones wrap what earlier ones have changed: `versions` what `objects` stores, `state` what the others load,
# `memory` what `items` loads.
PATCHES = (folders, objects, versions, *ACCESS, *ANSWERS, *STORAGE, queries, listings, memory)


def apply() -> None:
    """Apply every patch, before the first request."""
    for patch in PATCHES:
        patch.apply()
