"""Tests of workspaces, projects and tasks."""
