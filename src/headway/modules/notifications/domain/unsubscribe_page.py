"""The page behind a mail's unsubscribe link: it asks, and a press of its one button does it."""

import base64
import hashlib
from html import escape
from typing import Final

from headway.modules.notifications.domain.words import Words

_STYLE: Final = (
    "body{margin:0;padding:48px 16px;background:#FBFAF7;color:#1F1E1B;font:16px/24px Inter,system-ui,sans-serif}"
    "main{max-width:480px;margin:0 auto;padding:24px;background:#FFFFFF;border:1px solid #E4E1D8;border-radius:10px}"
    "h1{margin:0 0 16px;font-size:20px;line-height:28px}p{margin:0 0 16px}"
    "button{padding:10px 16px;border:0;border-radius:6px;background:#0B6663;color:#FFFFFF;font:inherit;font-weight:600}"
)
_DIGEST: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The page's Content-Security-Policy: its own style and form, and nothing else."""


def page(words: Words, *, is_done: bool) -> bytes:
    """The page in HTML."""
    title = escape(words("unsubscribe.title"))
    form = f'<form method="post"><button>{escape(words("unsubscribe.button"))}</button></form>'
    text = escape(words("unsubscribe.done" if is_done else "unsubscribe.ask"))
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{_STYLE}</style></head>'
        f"<body><main><h1>{title}</h1><p>{text}</p>{'' if is_done else form}</main></body></html>"
    ).encode()
