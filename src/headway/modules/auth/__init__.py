"""Credentials, sessions, tokens and second factors."""
