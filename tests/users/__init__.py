"""Profiles, avatars, export and erasure."""
