"""Bounds of the strings that have one prefix, in the order of their code points."""

HIGHEST = chr(0x10FFFF)


def end(prefix: str) -> str | None:
    """Return the first string behind all strings with this prefix; None where nothing is behind them."""
    rest = prefix.rstrip(HIGHEST)
    return rest[:-1] + chr(ord(rest[-1]) + 1) if rest else None
