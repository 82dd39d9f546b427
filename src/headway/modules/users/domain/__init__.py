"""Rules of users that need neither database nor network."""
