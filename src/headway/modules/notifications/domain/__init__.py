"""Rules without I/O: what is news, to whom, when, and in which words."""
