"""Describes file structures: formats and their signatures, TIFF directories, ISO boxes, seekable files."""
