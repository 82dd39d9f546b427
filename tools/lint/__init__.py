"""House rules: what no general linter knows about this project. Run with `python -m tools.lint`."""
