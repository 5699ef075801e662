"""Takes originals into the library: develop, commit, settle."""
