"""What tests share: the whole product in one process, and people who use it."""
