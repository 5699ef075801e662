"""What an import tells of its photos is what the index says of them in the end."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from function.keys import photo_id
from function.values import Metadata, Photo, State
from local.intake import Intake

KEYS = ("a.jpg", "a.xmp")


class Index:
    """An index in which a photo's sidecar is counted in just after the photo was found settled."""

    def __init__(self) -> None:
        """Everything has ended."""
        self.photos = {photo_id(key): Photo(key, State.READY, "01", version_id="1", settled=True) for key in KEYS}

    def get_many(self, identifiers: Sequence[str]) -> list[Photo]:
        """What is known now, before the sidecar is."""
        found = [self.photos[identifier] for identifier in identifiers]
        described = self.photos[photo_id("a.jpg")]
        self.photos[photo_id("a.jpg")] = replace(described, metadata=Metadata(rating=5))
        return found


@pytest.mark.parametrize(("keys", "rating"), [(KEYS, 5), (KEYS[:1], None)])
def test_where_sidecars_came_photos_are_told_of_as_these_left_them(
    tmp_path: Path, keys: Sequence[str], rating: int | None
) -> None:
    for key in keys:
        (tmp_path / key).write_bytes(b"x")
    s3 = SimpleNamespace(
        get_paginator=lambda _: SimpleNamespace(paginate=lambda **_: []), put_object=lambda **_: {"VersionId": "1"}
    )
    buckets = {"originals_bucket": "bucket", "originals_prefix": "originals/"}
    library: Any = SimpleNamespace(s3=s3, index=Index(), store=None, folder=tmp_path, **buckets)
    photo, *_ = Intake(library).run(tmp_path)
    assert (photo.key, photo.metadata.rating) == ("a.jpg", rating)
