"""Realistic data in an empty database: the same people, projects and tasks for the same seed and day."""
