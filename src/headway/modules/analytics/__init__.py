"""Statistics folded from the log."""
