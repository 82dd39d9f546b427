"""What changes the streams of auth."""
