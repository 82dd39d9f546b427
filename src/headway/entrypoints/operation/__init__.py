"""Running an installation: its folder, its keys, backups, health, and commands while the server runs."""
