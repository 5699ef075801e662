"""Which sidecar belongs to which photo: a matter of their names alone."""

from collections.abc import Collection, Iterable

ENDING = ".xmp"


def is_sidecar(key: str) -> bool:
    """Whether this is the name of an XMP sidecar, in small letters or in capitals."""
    name = key.rpartition("/")[2]
    return name.lower().endswith(ENDING) and len(name) > len(ENDING)


def base(sidecar: str) -> str:
    """The sidecar's key without its ending: the photo's key, or that without the photo's own ending."""
    return sidecar[: -len(ENDING)]


def stem(key: str) -> str:
    """The key without its name's ending."""
    folder, slash, name = key.rpartition("/")
    return folder + slash + (name.rpartition(".")[0] or name)


def siblings(key: str) -> str:
    """How the keys begin of all sidecars that a photo can have, and of all photos that a sidecar can have, but one."""
    return (base(key) if is_sidecar(key) else stem(key)) + "."


def sidecars_of(photo: str, keys: Iterable[str]) -> list[str]:
    """Of these keys the photo's sidecars: `IMG_1.NEF.xmp` comes before `IMG_1.xmp`, which all that is IMG_1 shares.

    `IMG_1.jpg.xmp` belongs to `IMG_1.JPG` too, where no other file has that name: programs write endings as they like.
    """
    there = set(keys)
    found = [(rank, key) for key in there if is_sidecar(key) and (rank := _rank(photo, base(key), there)) is not None]
    return [key for _, key in sorted(found)]


def photos_of(sidecar: str, keys: Iterable[str]) -> list[str]:
    """Of these keys the photos that the sidecar can belong to, as far as names tell."""
    there, photo = list(keys), base(sidecar)
    return [key for key in there if not is_sidecar(key) and _rank(key, photo, there) is not None]


def folded(key: str) -> str:
    """The key with the ending of its name in small letters."""
    start = stem(key)
    return start + key.removeprefix(start).lower()


def _rank(photo: str, named: str, there: Collection[str]) -> int | None:
    """How closely a sidecar's base names the photo, the closest first; None where it names another file."""
    if named == photo:
        return 0
    if named == stem(photo):
        return 2
    return 1 if folded(named) == folded(photo) and named not in there else None
