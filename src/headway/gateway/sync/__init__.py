"""What a client that was away has missed: GET /api/v1/sync."""
