"""What reads the tables of users."""
