"""Computes the bound of the strings with a prefix, in the order of their code points."""

HIGHEST = chr(0x10FFFF)


def end(prefix: str) -> str | None:
    """Return the first string after all strings with this prefix; None if there is none."""
    rest = prefix.rstrip(HIGHEST)
    return rest[:-1] + chr(ord(rest[-1]) + 1) if rest else None
