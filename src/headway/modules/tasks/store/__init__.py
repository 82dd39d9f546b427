"""Tables, rows and statements."""
