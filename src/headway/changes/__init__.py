"""The change log: one append, many readers."""
