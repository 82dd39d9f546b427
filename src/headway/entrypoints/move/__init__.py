"""Takes an installation's data from SQLite to a database server while it is in use: see docs/decisions/0022."""
