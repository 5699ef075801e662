"""Patches MiniStack, with a module per patch, which states AWS's and MiniStack's behaviour and the end of the need."""

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
# Later patches wrap earlier ones: `versions` wraps the storing of `objects`, `state` the loading of the others,
# `memory` the loading of `items`.
PATCHES = (folders, objects, versions, *ACCESS, *ANSWERS, *STORAGE, queries, listings, memory)


def apply() -> None:
    """Apply every patch, before the first request."""
    for patch in PATCHES:
        patch.apply()
