"""Quick add: one line of text becomes the fields of a task (docs/quick-add.md)."""
