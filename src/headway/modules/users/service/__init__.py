"""What the edges of users may ask for."""
