"""What the edges of auth may ask for."""
