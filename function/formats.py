"""The formats that are taken in, and how their files' names end: a hint of what to expect, never the decision."""

from typing import Final

EXTENSIONS: Final[dict[str, tuple[str, ...]]] = {
    "jpeg": ("jpg", "jpeg", "jpe", "jfif", "mpo"),
    "png": ("png", "apng"),
    "gif": ("gif",),
    "webp": ("webp",),
    "tiff": ("tif", "tiff"),
    "heif": ("heic", "heif", "hif"),
    "avif": ("avif",),
    "jxl": ("jxl",),
    "jp2": ("jp2", "j2k", "j2c", "jpc", "jpf", "jpx"),
    "bmp": ("bmp", "dib"),
    "psd": ("psd",),
    "eps": ("eps", "epsf", "epsi", "ps"),
    "raw": (
        *("3fr", "ari", "arw", "bay", "cap", "cr2", "cr3", "crw", "dcr", "dng", "erf", "fff", "gpr", "iiq", "k25"),
        *("kdc", "mef", "mos", "mrw", "nef", "nrw", "orf", "pef", "raf", "raw", "rw2", "rwl", "sr2", "srf", "srw"),
        "x3f",
    ),
}


def is_likely_photo(key: str) -> bool:
    """Whether the name is one that photos have."""
    ending = key.rpartition(".")[2].lower()
    return any(ending in endings for endings in EXTENSIONS.values())


def is_likely_raw(key: str) -> bool:
    """Whether the name is a RAW file's."""
    return key.rpartition(".")[2].lower() in EXTENSIONS["raw"]
