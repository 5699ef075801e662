"""What a library costs in AWS and on a disk at home, from the stack's own counts and one dated price list."""
