"""The Pulumi components of the stack, one file per noun."""
