"""Pairs sidecars with photos by their names alone."""

from collections.abc import Collection, Iterable

ENDING = ".xmp"


def is_sidecar(key: str) -> bool:
    """Check whether a key is that of an XMP sidecar. Case of the extension does not matter."""
    name = key.rpartition("/")[2]
    return name.lower().endswith(ENDING) and len(name) > len(ENDING)


def base(sidecar: str) -> str:
    """Return a sidecar's key without `.xmp`: its photo's key, with or without the photo's extension."""
    return sidecar[: -len(ENDING)]


def stem(key: str) -> str:
    """Return a key without the file's extension."""
    folder, slash, name = key.rpartition("/")
    return folder + slash + (name.rpartition(".")[0] or name)


def common_prefix(key: str) -> str:
    """Return the common prefix of a photo's possible sidecars, or of a sidecar's possible photos but one, `base`."""
    return (base(key) if is_sidecar(key) else stem(key)) + "."


def sidecars_of(photo: str, keys: Iterable[str]) -> list[str]:
    """Return the photo's sidecars among these keys: `IMG_1.NEF.xmp` before `IMG_1.xmp`, which all files IMG_1 share.

    `IMG_1.jpg.xmp` belongs to `IMG_1.JPG` too, unless `IMG_1.jpg` exists: programs change the case of extensions.
    """
    existing = set(keys)
    found = [
        (rank, key) for key in existing if is_sidecar(key) and (rank := _rank(photo, base(key), existing)) is not None
    ]
    return [key for _, key in sorted(found)]


def photos_of(sidecar: str, keys: Iterable[str]) -> list[str]:
    """Return the photos among these keys that the sidecar can belong to by name."""
    existing, photo = list(keys), base(sidecar)
    return [key for key in existing if not is_sidecar(key) and _rank(key, photo, existing) is not None]


def with_lower_extension(key: str) -> str:
    """Return a key with its file's extension in lower case."""
    start = stem(key)
    return start + key.removeprefix(start).lower()


def _rank(photo: str, named: str, existing: Collection[str]) -> int | None:
    """Return the rank of a match between a sidecar's base and a photo, 0 for the best; None for no match."""
    if named == photo:
        return 0
    if named == stem(photo):
        return 2
    return 1 if with_lower_extension(named) == with_lower_extension(photo) and named not in existing else None
