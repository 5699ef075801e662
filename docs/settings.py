"""Writes docs/settings.md, the table of the stack's settings, from the code: `make docs`."""

from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from function.contract import RenditionSpec
from infra.settings import Settings, key

PAGE = Path(__file__).with_suffix(".md")
HEAD = """# Settings

Each stack has its settings in `Pulumi.NAME.yaml`. `pulumi config set safelight:trashDays 60` changes one, and
`pulumi up` applies it. A wrong value, or a setting that does not exist, stops `pulumi up` before anything is made; the
message says what the setting takes. This page is written from the code by `make docs`.

| `safelight:` | default | meaning |
|---|---|---|
"""


def page() -> str:
    """Return the whole page, in Markdown."""
    rows = (
        f"| `{key(setting).removeprefix('safelight:')}` | {_default(setting.default)} "
        f"| {setting.metadata['option'].help} |\n"
        for setting in fields(Settings)
    )
    return HEAD + "".join(rows)


def _default(value: Any) -> str:
    if value is MISSING or value is None:
        return "none"
    if isinstance(value, tuple):
        return ", ".join(map(_rendition, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _rendition(spec: RenditionSpec) -> str:
    return f"{spec.size} ({spec.format}, quality {spec.quality})"


if __name__ == "__main__":
    PAGE.write_text(page())
