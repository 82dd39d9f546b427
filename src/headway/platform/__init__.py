"""Mechanism without product: database, clock, ids, jobs, files."""
