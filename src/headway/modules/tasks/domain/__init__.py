"""The rules of tasks: pure functions and values, without input or output."""
