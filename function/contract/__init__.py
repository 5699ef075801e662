"""What the stack declares and the functions rely on, written once; the standard library alone is imported here."""
