"""Checks the recipe in the stack's configuration: a list of renditions, each with a size, a quality and a format."""

from typing import Any

from function.contract.recipe import EXTENSIONS, Recipe, RenditionSpec
from infra.options import RefusedError, number, one_of

DEFAULT_RECIPE: Recipe = tuple(RenditionSpec(size) for size in (2048, 1024, 512, 256))
CHECKS = {"size": number(16, 8192), "quality": number(1, 100), "format": one_of(EXTENSIONS)}


def recipe(value: Any) -> Recipe:
    """Check for a list such as `[{size: 2048, quality: 80, format: jpeg}]`: sizes differ, the largest comes first."""
    if not isinstance(value, list) or not value:
        raise RefusedError("a list of renditions, each with a size and perhaps a quality and a format")
    specs = sorted((_spec(entry) for entry in value), key=lambda spec: -spec.size)
    if len({spec.size for spec in specs}) < len(specs):
        raise RefusedError("each size once")
    return tuple(specs)


def _spec(entry: Any) -> RenditionSpec:
    if not isinstance(entry, dict) or "size" not in entry or set(entry) - set(CHECKS):
        raise RefusedError("renditions with a size, and perhaps a quality and a format, and nothing else")
    return RenditionSpec(**{name: _check(name, value) for name, value in entry.items()})


def _check(name: str, value: Any) -> Any:
    try:
        return CHECKS[name](value)
    except RefusedError as refused:
        raise RefusedError(f"as {name} {refused}, not {value!r}") from None
