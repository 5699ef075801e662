"""From a photo's bytes to its renditions. Knows neither AWS nor keys; the only importer of pyvips, rawpy and PIL."""
