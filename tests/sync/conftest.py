"""The team of the tasks' tests."""

from tests.tasks.conftest import first_team, settings, team

__all__ = ["first_team", "settings", "team"]
