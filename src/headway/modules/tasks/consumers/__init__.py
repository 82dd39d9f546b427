"""Readers of the log that write this module's own rows."""
