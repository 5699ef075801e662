"""The settings of the functions, read from the environment."""
