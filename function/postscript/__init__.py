"""Renders PostScript and EPS by Ghostscript, for stacks that switch it on."""
