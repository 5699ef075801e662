"""Puts the XMP together that a JPEG holds in many segments."""

import re

# Each segment begins with the packet's name (MD5 in hexadecimal), its whole length, and the part's place in it.
NAME_BYTES, HEAD_BYTES = 32, 40
LARGEST = 16 << 20
NAMED = re.compile(rb"HasExtendedXMP(?:=[\"']|>)\s*([0-9A-Fa-f]{32})")


def extended(parts: list[bytes], packet: bytes) -> bytes:
    """The packet of the parts in segments; empty where it is not whole, or where the first packet names another."""
    named = NAMED.search(packet)
    name = named[1].upper() if named else parts[0][:NAME_BYTES].upper() if parts else b""
    own = [part for part in parts if part[:NAME_BYTES].upper() == name and len(part) > HEAD_BYTES]
    if not own:
        return b""
    length = int.from_bytes(own[0][NAME_BYTES : NAME_BYTES + 4])
    if not 0 < length <= LARGEST or sum(len(part) - HEAD_BYTES for part in own) < length:
        return b""
    whole = bytearray(length)
    for part in own:
        at, piece = int.from_bytes(part[NAME_BYTES + 4 : HEAD_BYTES]), part[HEAD_BYTES:]
        if at + len(piece) <= length:
            whole[at : at + len(piece)] = piece
    return bytes(whole)
