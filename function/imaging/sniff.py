"""Identifies a photo by its first bytes, and refuses files that are not rendered: a step of the pipeline."""

from dataclasses import replace

from function.errors import EmptyFileError, NotAPhotoError, UnsupportedFormatError
from function.files.formats import Format, Treatment
from function.files.identify import identify
from function.imaging.work import Work

HEAD_BYTES = 4096


def sniff(work: Work) -> Work:
    """Find the photo's format. Raises EmptyFileError, NotAPhotoError or UnsupportedFormatError."""
    work.photo.seek(0)
    head = work.photo.read(HEAD_BYTES)
    work.photo.seek(0)
    return replace(work, format=rendered_format(head))


def rendered_format(head: bytes) -> Format:
    """Return the format of a file with these first bytes.

    Raises EmptyFileError, NotAPhotoError or, for a picture of another kind, UnsupportedFormatError.
    """
    if not head:
        raise EmptyFileError("The file is empty: it has no bytes. Upload the file again.")
    found = identify(head).format
    if found.treatment == Treatment.SKIPPED:
        raise NotAPhotoError(f"This is {found.description}, not a photo.")
    if found.treatment == Treatment.REFUSED:
        reason = f"This is {found.description}, not a photo in a format that can be shown."
        raise UnsupportedFormatError(f"{reason} Save it as JPEG or TIFF, and upload that.")
    return found
