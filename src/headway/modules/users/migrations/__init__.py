"""Revisions of the tables, oldest first; forward only."""
