"""Takes originals into the library: develop, commit, finalize."""
