"""What reads auth's tables."""
