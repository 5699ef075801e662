"""A photo library on this machine: open, import, resume, maintain."""
