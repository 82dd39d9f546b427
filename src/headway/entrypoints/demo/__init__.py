"""Realistic data in an empty database: the same people, projects and tasks for the same seed and day.

It writes rows and entries of every module itself, by the modules' own kinds and tables: at 20,000 tasks a second there
is no time for actions. Only `entrypoints` may reach so far; a test holds what it writes to the law of the log.
"""
