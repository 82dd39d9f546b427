"""Tables and statements of auth."""
