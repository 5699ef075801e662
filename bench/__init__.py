"""Safelight beside its peers, in one run: ratios that hold on a noisy machine."""
