"""Profiles, preferences and avatars."""
