"""What changes an inbox."""
