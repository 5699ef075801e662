"""Which sidecar belongs to which photo: a matter of their names alone."""

from collections.abc import Iterable

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
    """Of these keys the photo's sidecars: `IMG_1.NEF.xmp` comes before `IMG_1.xmp`, which all that is IMG_1 shares."""
    ranks = {photo: 0, stem(photo): 1} if stem(photo) != photo else {photo: 0}
    found = (key for key in keys if is_sidecar(key) and base(key) in ranks)
    return sorted(found, key=lambda key: (ranks[base(key)], key))


def photos_of(sidecar: str, keys: Iterable[str]) -> list[str]:
    """Of these keys the photos that the sidecar can belong to, as far as names tell."""
    photo = base(sidecar)
    return [key for key in keys if not is_sidecar(key) and photo in (key, stem(key))]
