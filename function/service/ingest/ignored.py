"""What systems and programs leave beside photos by themselves: known by its name, and not even read."""

from fnmatch import fnmatchcase

# In small letters, for all of them are written in various ways; a folder counts for all that lies in it.
FILES = (
    *("._*", ".ds_store", ".localized", ".apdisk", "thumbs.db", "ehthumbs*.db", "desktop.ini", ".directory"),
    *(".nomedia", ".picasa.ini", "picasa.ini", "zbthumbnail.info", "syncthumb.db"),
)
FOLDERS = (
    *("@eadir", ".thumbnails", ".thumbs", "__macosx", ".appledouble", ".dropbox.cache", ".stfolder"),
    *(".fseventsd", ".spotlight-v100", ".trashes", "$recycle.bin", "system volume information"),
)


def is_system_file(key: str) -> bool:
    """Whether this is the name of what nobody put there by hand."""
    *folders, name = key.lower().split("/")
    return any(folder in FOLDERS for folder in folders) or any(fnmatchcase(name, pattern) for pattern in FILES)
