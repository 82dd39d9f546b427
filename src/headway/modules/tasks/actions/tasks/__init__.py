"""Tasks: one capability a file."""
