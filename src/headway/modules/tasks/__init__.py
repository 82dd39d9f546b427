"""Workspaces, projects and tasks: all that a workspace stream owns."""
