"""Backups of an installation: one folder or tar each, with a manifest, proven by opening and comparing."""
