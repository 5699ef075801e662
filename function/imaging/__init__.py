"""Renders photos from their bytes. Knows neither AWS nor keys; the only importer of pyvips, rawpy and PIL."""
