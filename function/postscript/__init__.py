"""PostScript and EPS, for stacks that switch them on: from a program that draws to a picture, by Ghostscript."""
