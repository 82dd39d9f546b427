"""Whose inbox a write changes, and what leaves the house by mail."""
