"""News as they happen: GET /api/v1/events (server-sent events, https://html.spec.whatwg.org/#server-sent-events)."""
