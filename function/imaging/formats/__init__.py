"""Decodes the formats: one module per family, named in the table of `function.files.formats`."""
