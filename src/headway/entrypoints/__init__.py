"""Composition roots: the only code that sees everything."""
