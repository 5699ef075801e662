"""Pure rules from a photo to its keys: its id, its shelf, its postings."""
