"""Routes, as tables."""
