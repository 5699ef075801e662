"""What the owner writes about a photo: each field is checked, and written over the revision that was seen."""

import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from function.contract.tasks import SETTLE
from function.errors import RequestError
from function.index import postings
from function.service.browse.photos import PhotoQueries
from function.values.photo import Photo

# In characters; of an album's name, so that it is posted as a whole.
LONGEST_CAPTION, LONGEST_ALBUM = 5000, 100
MOST_ALBUMS = 100
# What no text that somebody wrote holds: control characters, and halves of characters, which no UTF-8 can tell.
NO_TEXT = {"Cc", "Cs"}
LINES = "\n\t"


@dataclass(frozen=True)
class Annotator:
    """The owner's pen. What follows, the photo's lists and its record, is the worker's to do, in a moment."""

    browsing: PhotoQueries

    def write(self, identifier: str, body: str) -> Photo:
        """Change what a request's body names, and nothing else. Raises NotFoundError, RequestError."""
        changes = asked(body)
        while True:  # where somebody else wrote meanwhile, the same goes over what they wrote
            known = self.browsing.original(identifier)
            written = _written(known, changes)
            if written is known or self.browsing.index.put(written):
                break
        if not written.settled:
            # Also for what was written before, where the task was not sent: whoever was told so asks again.
            self.browsing.ask(SETTLE, written)
        return written


def asked(body: str) -> dict[str, Any]:
    """The changes that a request asks for. Raises RequestError, which says what a field takes."""
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict) or not fields:
        raise RequestError(f"Send a JSON object with one or more of {_names()}.")
    if unknown := sorted(fields.keys() - FIELDS.keys()):
        raise RequestError(f"{unknown[0][:LONGEST_ALBUM]} cannot be written. The fields are {_names()}.")
    return {name: FIELDS[name](value) for name, value in fields.items()}


def _written(known: Photo, changes: Mapping[str, Any]) -> Photo:
    words = replace(known.words, **changes)
    if words == known.words:
        return known
    written = known.revised(words=words, updated=datetime.now(UTC), settled=False)
    return replace(written, stale_postings=postings.stale(known, written))


def _caption(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > LONGEST_CAPTION or not _is_text(value):
        raise RequestError(
            f"caption takes a text of up to {LONGEST_CAPTION} characters, "
            "or null for what the file itself says; an empty one shows none."
        )
    return value.replace("\r\n", "\n").strip()


def _favourite(value: Any) -> bool:
    if not isinstance(value, bool):
        raise RequestError("favourite takes true or false.")
    return value


def _albums(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MOST_ALBUMS or not all(map(_is_album, value)):
        raise RequestError(
            f"albums takes a list of up to {MOST_ALBUMS} names, each a text of 1 to {LONGEST_ALBUM} characters."
        )
    # Of two spellings of one album the first counts, as in its list.
    distinct = {postings.normalized(name): name for name in reversed([postings.cleaned(name) for name in value])}
    return tuple(reversed(distinct.values()))


def _is_album(value: Any) -> bool:
    return isinstance(value, str) and 1 <= len(value.strip()) <= LONGEST_ALBUM and _is_text(value)


def _is_text(value: str) -> bool:
    text = value.replace("\r\n", "\n")
    return not any(unicodedata.category(character) in NO_TEXT and character not in LINES for character in text)


def _names() -> str:
    return ", ".join(FIELDS)


FIELDS: Mapping[str, Callable[[Any], Any]] = {"caption": _caption, "favourite": _favourite, "albums": _albums}
