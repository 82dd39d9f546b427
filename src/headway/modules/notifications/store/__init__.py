"""Tables and statements of notifications."""
