"""Headway: task management for teams."""
