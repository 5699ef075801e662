"""File structures: the formats by their names, TIFF directories, ISO boxes, seekable ranges."""
