"""What an operator's Prometheus reads: /metrics."""

import hmac
from collections.abc import Callable, Mapping
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from headway.gateway.address import is_loopback
from headway.gateway.asgi import Answer
from headway.gateway.exchange import Exchange
from headway.gateway.inputs import bearer_of
from headway.gateway.options import GatewayOptions
from headway.gateway.problems import NoSuchPath
from headway.modules.auth.contracts import Authenticator
from headway.platform.problems import Unauthenticated

Measure = Callable[[], float]
"""Gives a value at the moment that it is asked for."""

BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_TYPE: Final = (b"content-type", b"text/plain; version=0.0.4; charset=utf-8")
_FORWARDED: Final = ("x-forwarded-for", "forwarded", "x-real-ip")


class Metrics:
    """Requests by route template, method and status, and how long they took; and values that others measure."""

    def __init__(self, measures: Mapping[str, tuple[str, Measure]]) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "headway_requests", "Requests answered.", ("route", "method", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "headway_request_seconds",
            "Seconds until an answer began.",
            ("route", "method"),
            buckets=BUCKETS,
            registry=self._registry,
        )
        self._labelled: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        for name, (meaning, measure) in measures.items():
            Gauge(f"headway_{name}", meaning, registry=self._registry).set_function(measure)

    def observe(self, exchange: Exchange, status: int, seconds: float) -> None:
        """Count an answered request. Route templates, never paths, and known methods: others would be without end."""
        method = exchange.method if exchange.method in METHODS else "other"
        count, time = self._of(exchange.route, method, status)
        count.inc()
        time.observe(seconds)

    def _of(self, route: str, method: str, status: int) -> tuple[Counter, Histogram]:
        """The library looks for a label's values under a lock, which takes longer than to count."""
        labels = route, method, status
        found = self._labelled.get(labels)
        if found is None:
            found = self._requests.labels(route, method, str(status)), self._seconds.labels(route, method)
            self._labelled[labels] = found
        return found

    def text(self) -> bytes:
        """Everything in Prometheus's text format."""
        return generate_latest(self._registry)


class MetricsPage:
    """Shows the metrics to this machine, to administrators' tokens and to the one token of the settings."""

    def __init__(self, metrics: Metrics, authenticator: Authenticator, options: GatewayOptions) -> None:
        self._metrics = metrics
        self._authenticator = authenticator
        self._options = options

    async def __call__(self, exchange: Exchange) -> Answer:
        """GET /metrics."""
        if self._options.metrics == "off":
            raise NoSuchPath
        if not (self._is_open_to(exchange) or await self._has_token(exchange)):
            raise Unauthenticated("unauthenticated", "Send a token.", headers={"WWW-Authenticate": "Bearer"})
        return Answer(200, self._metrics.text(), (_TYPE, (b"cache-control", b"no-store")))

    def _is_open_to(self, exchange: Exchange) -> bool:
        """Through a proxy on this machine every client looks local; one that says nothing of forwarding cannot be told.

        So `loopback` is for installations that no proxy stands before.
        """
        if self._options.metrics != "loopback":
            return self._options.metrics == "open"
        return is_loopback(exchange.address) and not any(name in exchange.headers for name in _FORWARDED)

    async def _has_token(self, exchange: Exchange) -> bool:
        token = bearer_of(exchange.headers)
        if not token:
            return False
        if self._options.metrics_token and hmac.compare_digest(token.encode(), self._options.metrics_token.encode()):
            return True
        actor = self._authenticator.remembered(token) or await self._authenticator.authenticate(token)
        return actor is not None and actor.is_admin and "admin" in actor.scopes
