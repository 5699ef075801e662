"""Compares Safelight with its peers in one run, by ratios, which are stable on a busy machine."""
