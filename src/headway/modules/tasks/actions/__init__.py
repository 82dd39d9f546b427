"""Writes, one capability a file."""
