"""What became of an import, as JSON for a script and as lines for a person."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from function.values import Photo

FIELDS = ("key", "state", "reason", "format", "width", "height")


@dataclass(frozen=True)
class Report:
    """The photos of an import, each in its state, and the seconds that it took."""

    seconds: float
    photos: Sequence[Photo]

    @property
    def counts(self) -> dict[str, int]:
        """How many photos ended in each state."""
        return dict(Counter(str(photo.state) for photo in self.photos))

    def write(self, path: Path) -> None:
        """Write the report as JSON."""
        photos = [_described(photo) for photo in self.photos]
        described = {"seconds": round(self.seconds, 3), "counts": self.counts, "photos": photos}
        path.write_text(json.dumps(described, indent=1, ensure_ascii=False) + "\n")

    def lines(self) -> Iterator[str]:
        """The counts, and a line for each photo that is not whole, with the reason."""
        counts = ", ".join(f"{count} {state}" for state, count in sorted(self.counts.items()))
        yield f"{len(self.photos)} files in {self.seconds:.1f} s: {counts}"
        for photo in self.photos:
            if photo.reason:
                yield f"  {photo.state}: {photo.key}: {photo.reason}"


def _described(photo: Photo) -> dict[str, Any]:
    return {
        **{name: getattr(photo, name) for name in FIELDS},
        "taken": photo.taken.isoformat() if photo.taken else None,
        "renditions": [asdict(rendition) for rendition in photo.renditions],
    }
