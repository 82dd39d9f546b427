"""What the composition root decides about the public edge."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class RateLimit:
    """So many requests in any span of that many seconds."""

    requests: int
    seconds: int


@dataclass(frozen=True, kw_only=True)
class GatewayOptions:
    """Settings of the edge.

    `public_url` governs the sub-path, Origin checks and HSTS. `trusted_proxies` are the addresses and networks whose
    X-Forwarded-For is believed. `rate_limit` counts a person (or an address where nobody is signed in),
    `sign_in_limit` an address at registration, sign-in and reset; None switches one off. `trusted_types` are the policy
    names that the web client creates. `static` is the folder of the built web client, `former_releases` those of
    releases whose hashed files are still served, `asset_url` where pages get hashed files from, when not here.
    `metrics` says who may read /metrics without an administrator's token or `metrics_token`. Limits of bodies, of the
    files and of the bodies that one person is sending, of the history of a workspace and of the cache are in bytes.
    """

    public_url: str = "http://localhost:8000"
    trusted_proxies: tuple[str, ...] = ()
    rate_limit: RateLimit | None = RateLimit(100, 10)
    sign_in_limit: RateLimit | None = RateLimit(10, 60)
    static: Path | None = None
    former_releases: tuple[Path, ...] = ()
    asset_url: str = ""
    trusted_types: tuple[str, ...] = ("svelte-trusted-html", "headway-worker")
    body_limit: int = 1 << 20
    batch_limit: int = 8 << 20
    uploads_limit: int = 1 << 30
    bodies_limit: int = 64 << 20
    workspace_history: int | None = None
    cache_bytes: int = 64 << 20
    metrics: Literal["loopback", "token", "open", "off"] = "loopback"
    metrics_token: str = ""
    version: str = ""

    @property
    def base_path(self) -> str:
        """The sub-path of the public URL without a slash at its end: `` or `/headway`."""
        return urlsplit(self.public_url).path.rstrip("/")

    @property
    def is_https(self) -> bool:
        """Whether people come by https."""
        return urlsplit(self.public_url).scheme == "https"
