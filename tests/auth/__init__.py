"""Accounts: who may sign in, with what, and who runs the installation."""
