"""A bucket that is listed from sorted keys is listed as MiniStack lists it, from no more keys than a page has."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ministack.services import s3

from local.emulator.patches import listings

BUCKET, OTHER = "photos", "photos-too"
PARTS = ("a", "b", "/", "//", "é", "\U0010ffff", "2024/", "z")
Ask = Callable[[str, dict[str, Any]], Any]
Listings = dict[str, Ask]


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listings]:
    """MiniStack's own listings; its patched ones are in its module."""
    s3.reset()
    collect, versions = s3._collect_list_entries, s3._list_object_versions
    monkeypatch.setattr(s3, "S3_PERSIST", False)
    for name in ("_collect_list_entries", "_list_object_versions"):
        monkeypatch.setattr(s3, name, getattr(s3, name))
    listings.apply()

    def with_its_own(ask: Ask) -> Ask:
        def asked(bucket: str, parameters: dict[str, Any]) -> Any:
            with monkeypatch.context() as changed:
                changed.setattr(s3, "_collect_list_entries", collect)
                return ask(bucket, parameters)

        return asked

    for bucket in (BUCKET, OTHER):
        s3._create_bucket(bucket, b"", {})
    s3._put_bucket_versioning(BUCKET, b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>")
    yield {
        "_list_objects_v1": with_its_own(s3._list_objects_v1),
        "_list_objects_v2": with_its_own(s3._list_objects_v2),
        "_list_object_versions": versions,
    }
    s3.reset()


def key(chance: random.Random) -> str:
    return "".join(chance.choices(PARTS, k=chance.randint(1, 4)))


def write(chance: random.Random) -> None:
    bucket = chance.choice((BUCKET, BUCKET, OTHER))
    if chance.random() < 0.7:
        s3._put_object(bucket, key(chance), b"x", {})
    elif found := list(s3._buckets[bucket]["objects"]):
        s3._delete_object(bucket, chance.choice(found), {}, {})


def question(chance: random.Random, name: str) -> dict[str, list[str]]:
    markers = {
        "_list_objects_v1": ("marker",),
        "_list_objects_v2": ("start-after", "continuation-token"),
        "_list_object_versions": ("key-marker",),
    }[name]
    asked = {"prefix": chance.choice(("", "a", "2024/", key(chance))), "max-keys": str(chance.randint(0, 9))}
    more = {"delimiter": chance.choice(("/", "/", "é")), chance.choice(markers): key(chance), "encoding-type": "url"}
    asked |= {part: value for part, value in more.items() if chance.random() < 0.4}
    if name == "_list_object_versions" and "key-marker" in asked and chance.random() < 0.7:
        bucket_key = chance.choice(list(s3._object_versions) or [(BUCKET, "a")])
        version = chance.choice(s3._object_versions.get(bucket_key) or [{"version_id": "none"}])
        asked |= {"key-marker": bucket_key[1], "version-id-marker": version["version_id"]}
    return {part: [value] for part, value in asked.items()}


@pytest.mark.parametrize("name", ["_list_objects_v1", "_list_objects_v2", "_list_object_versions"])
@pytest.mark.parametrize("seed", range(4))
def test_a_page_is_the_one_of_ministack(plain: Listings, name: str, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(600):
        write(chance)
        bucket, asked = chance.choice((BUCKET, OTHER)), question(chance, name)
        assert getattr(s3, name)(bucket, asked) == plain[name](bucket, asked), asked


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize("name", ["_list_objects_v1", "_list_objects_v2", "_list_object_versions"])
@pytest.mark.parametrize("delimiter", ["", "/"])
def test_a_page_looks_at_as_many_keys_of_a_large_bucket_as_of_a_small_one(
    monkeypatch: pytest.MonkeyPatch, name: str, delimiter: str
) -> None:
    found: list[str] = []
    rows = listings.rows

    def counting(*given: Any) -> Iterator[str]:
        for one in rows(*given):
            found.append(one)
            yield one

    monkeypatch.setattr(listings, "rows", counting)
    looked_at = []
    for size in (100, 3000):
        for number in range(size):
            s3._buckets[BUCKET]["objects"].setdefault(
                f"{number % 5}/{number:06}", s3._build_object_record(b"", {"content-type": "x"})
            )
        found.clear()
        getattr(s3, name)(BUCKET, {"max-keys": ["10"], "delimiter": [delimiter], "prefix": [""]})
        looked_at.append(len(found))
    assert looked_at[0] == looked_at[1] <= 12
