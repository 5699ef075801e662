"""Derives a photo's keys by pure rules: its id, its shelf, its postings."""
