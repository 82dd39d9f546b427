"""The transaction port and the databases behind it."""
