"""Recognises formats that have no signature, by a closer look at a file's first bytes."""

SVG_WITHIN, TRANSPORT_PACKET, AVCHD_PACKET = 1024, 188, 192
# QuickTime may begin with any of these boxes.
FILM_BOXES = (b"ftyp", b"moov", b"mdat", b"wide")
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f")


def is_svg(head: bytes) -> bool:
    """Return whether a file with these first bytes is an SVG drawing."""
    return b"<svg" in head[:SVG_WITHIN].lower()


def is_video(head: bytes) -> bool:
    """Return whether a file with these first bytes is a film of QuickTime's or MPEG's kind."""
    # The packets of MPEG's transport stream begin with one byte each; those of AVCHD have a time stamp before it.
    packets = head[: TRANSPORT_PACKET + 1 : TRANSPORT_PACKET], head[4 : AVCHD_PACKET + 5 : AVCHD_PACKET]
    return head[4:8] in FILM_BOXES or b"GG" in packets


def is_text(head: bytes) -> bool:
    """Return whether a file with these first bytes is text."""
    return not CONTROLS.intersection(head)
