"""Runs folders of other people's files through Safelight, beside programs that read the same files."""
