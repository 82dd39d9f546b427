"""Where files are kept, as a URL says it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal
from urllib.parse import parse_qs, unquote, urlsplit

Style = Literal["path", "host"]
OPTIONS: Final = frozenset({"endpoint", "region", "style", "ca"})
LIKE: Final = "must be like file:/path/of/folder or s3://bucket/prefix?endpoint=https://host&region=name"


@dataclass(frozen=True, slots=True)
class S3Address:
    """`s3://bucket/prefix?endpoint=https://host&region=name`: a bucket, and what all keys in it begin with.

    Without an endpoint it is Amazon's of that region. `style=host` is for stores that take the bucket in the host's
    name only; `ca=/path` names the authority of an endpoint whose certificate nobody else knows.
    """

    bucket: str
    prefix: str = ""
    endpoint: str | None = None
    region: str | None = None
    style: Style = "path"
    ca: str | None = None

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}" + (f" at {self.endpoint}" if self.endpoint else "")


@dataclass(frozen=True, slots=True)
class Key:
    """Who asks a store that speaks S3. Empty: what the environment says (AWS_ACCESS_KEY_ID, a role of the machine)."""

    id: str = ""
    secret: str = field(default="", repr=False)


def is_s3(url: str) -> bool:
    """Whether a URL names a store that speaks S3, rather than a folder."""
    return url.startswith("s3:")


def folder_in(url: str) -> Path:
    """The folder that a `file:` URL names; ValueError when it names none."""
    if not url.startswith("file:"):
        raise ValueError(LIKE)
    path = url.removeprefix("file:")
    if path.startswith("//"):  # file:///path, and file://localhost/path, say the same as file:/path
        path = path.removeprefix("//").removeprefix("localhost")
        if not path.startswith("/"):
            raise ValueError(LIKE)
    if not path:
        raise ValueError(LIKE)
    return Path(unquote(path))


def parse_objects(url: str) -> S3Address | Path:
    """The place in a URL; ValueError, in words for whoever wrote it, when it is none."""
    if not is_s3(url):
        return folder_in(url)
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise ValueError("must not hold a password: there are HEADWAY_OBJECTS_KEY_ID and HEADWAY_OBJECTS_SECRET")
    if not parts.hostname or parts.netloc != parts.netloc.split(":")[0] or parts.fragment:
        raise ValueError(LIKE)
    given = parse_qs(parts.query, strict_parsing=bool(parts.query))
    unknown = sorted(given.keys() - OPTIONS)
    if unknown:
        raise ValueError(f"has an unknown option {unknown[0]}: there are endpoint, region, style and ca")
    options = {name: values[-1] for name, values in given.items()}
    endpoint = options.get("endpoint")
    if endpoint is not None and not _is_endpoint(endpoint):
        raise ValueError("must have an endpoint like https://s3.example.org")
    style = options.get("style", "path")
    if style not in ("path", "host"):
        raise ValueError("must have style=path or style=host")
    return S3Address(
        parts.netloc,
        unquote(parts.path.strip("/")),
        endpoint=endpoint,
        region=options.get("region"),
        style="host" if style == "host" else "path",
        ca=options.get("ca"),
    )


def _is_endpoint(value: str) -> bool:
    parts = urlsplit(value)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.username or parts.query)
