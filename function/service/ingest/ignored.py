"""Recognizes files that operating systems and programs leave beside photos, by their names. They are not read."""

from fnmatch import fnmatchcase

# In lower case, because their case varies. A folder covers all files below it.
FILES = (
    *("._*", ".ds_store", ".localized", ".apdisk", "thumbs.db", "ehthumbs*.db", "desktop.ini", ".directory"),
    *(".nomedia", ".picasa.ini", "picasa.ini", "zbthumbnail.info", "syncthumb.db"),
)
FOLDERS = (
    *("@eadir", ".thumbnails", ".thumbs", "__macosx", ".appledouble", ".dropbox.cache", ".stfolder"),
    *(".fseventsd", ".spotlight-v100", ".trashes", "$recycle.bin", "system volume information"),
)


def is_system_file(key: str) -> bool:
    """Check whether a key is that of a system file."""
    *folders, name = key.lower().split("/")
    return any(folder in FOLDERS for folder in folders) or any(fnmatchcase(name, pattern) for pattern in FILES)
