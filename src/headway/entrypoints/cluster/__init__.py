"""`headway cluster`: real servers on loopback, for development, tests and measurement; and their configuration."""
