"""Rules of auth that need neither database nor network."""
