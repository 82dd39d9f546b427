"""Headers that make browsers careful."""

from headway.gateway.asgi import Headers
from headway.gateway.options import GatewayOptions

_ALWAYS: Headers = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_DEVICES = b", ".join(
    name + b"=()"
    for name in (b"camera", b"display-capture", b"geolocation", b"microphone", b"payment", b"serial", b"usb")
)
_HSTS = (b"strict-transport-security", b"max-age=31536000")
_DATA_POLICY = b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"


def data_headers(options: GatewayOptions) -> Headers:
    """For answers of the API: nothing in them may ever run."""
    return (*_ALWAYS, (b"content-security-policy", _DATA_POLICY), *_https(options))


def page_headers(options: GatewayOptions) -> Headers:
    """For pages: scripts, styles and fonts of our own only, and DOM sinks through named Trusted Types policies."""
    ours = f"'self' {options.asset_url}/assets/" if options.asset_url else "'self'"
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {ours}",
            f"style-src {ours}",
            f"img-src {ours} data: blob:",
            f"font-src {ours}",
            f"connect-src {ours}",
            "manifest-src 'self'",
            "worker-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "require-trusted-types-for 'script'",
            f"trusted-types {' '.join(options.trusted_types)}",
        )
    )
    return (
        *_ALWAYS,
        (b"content-security-policy", policy.encode()),
        (b"permissions-policy", _DEVICES),
        *_https(options),
    )


def _https(options: GatewayOptions) -> Headers:
    return (_HSTS,) if options.is_https else ()
