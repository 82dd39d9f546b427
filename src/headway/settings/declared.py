"""Every setting of Headway: its type, its default and its meaning."""
# ruff: noqa: RUF009 - _setting gives what dataclasses.field gives

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final, Literal, TypeVar
from urllib.parse import quote

from headway.settings.checks import (
    check_asset_url,
    check_database_url,
    check_fault,
    check_network,
    check_objects_url,
    check_public_url,
    check_redis_url,
    check_replica_url,
    check_sender,
    check_smtp_url,
    is_loopback,
    is_loopback_host,
)

T = TypeVar("T")

Registration = Literal["open", "invitation", "closed"]
LogLevel = Literal["debug", "info", "warning", "error"]
LogFormat = Literal["auto", "human", "json"]
FirstAdmin = Literal["anyone", "link"]
MetricsAccess = Literal["loopback", "token", "open", "off"]

DERIVED: Final[Any] = object()
"""Stands for a default that follows from other settings. Any: it takes the place of values of every type."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a setting beside its type and default. `derived` puts a derived default into words."""

    meaning: str
    secret: bool = False
    minimum: int | None = None
    maximum: int | None = None
    derived: str | None = None
    check: Callable[[str], None] | None = None


def _setting(default: T, meaning: str, **about: Any) -> T:  # Any: the fields of About
    declared: T = field(default=default, metadata={"about": About(meaning, **about)})
    return declared


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings, read and checked. What has no value of its own has been derived already."""

    data_dir: Path = _setting(Path("data"), "Folder of the database, files, keys and backups.")
    host: str = _setting("127.0.0.1", "Address to listen on; 0.0.0.0 for every network of the machine.")
    port: int = _setting(8000, "Port to listen on.", minimum=1, maximum=65535)
    public_url: str = _setting(
        DERIVED,
        "Where people reach Headway, with the sub-path if there is one: governs links, cookies and origin checks.",
        derived="http://localhost:<port>",
        check=check_public_url,
    )
    database_url: str = _setting(
        DERIVED,
        "The database: sqlite:///path (a path that starts with / has four slashes), or mysql://user:password@host/name "
        "for MariaDB or MySQL (?tls=on, &ca=file, ?socket=file; of several hosts by commas the one that takes writes).",
        secret=True,
        derived="sqlite:///<data_dir>/headway.db",
        check=check_database_url,
    )
    database_replica_urls: tuple[str, ...] = _setting(
        (),
        "Replicas of that server, which answer reads as long as they are not behind: mysql://user:password@host/name, "
        "..., with users who need no more than SELECT.",
        secret=True,
        check=check_replica_url,
    )
    database_connections: int = _setting(
        10,
        "Connections to a database server that each instance opens for writing, and as many for reading.",
        minimum=2,
        maximum=1000,
    )
    database_wait_seconds: int = _setting(
        5, "Seconds that a request waits for a free connection before it is told to try again.", minimum=1, maximum=60
    )
    database_statement_seconds: int = _setting(
        30, "Seconds after which a database server ends a statement.", minimum=1, maximum=3600
    )
    redis_url: str = _setting(
        "",
        "Redis, through which instances of one database hear of each other at once and count limits together: "
        "redis://, rediss:// (TLS), unix:// or redis+sentinel://:password@host1,host2/name.",
        secret=True,
        check=check_redis_url,
    )
    shared_dir: Path = _setting(
        DERIVED,
        "Folder that all instances of one database share: files, the signing key, the web client's former releases.",
        derived="<data_dir>",
    )
    signing_key: Path = _setting(
        DERIVED,
        "File of the key that signs what people hold, the same for all instances; made when there is none.",
        derived="<shared_dir>/keys/signing.key",
    )
    background: bool = _setting(
        True, "Whether headway serve also does the work beside requests; off where headway worker does it."
    )
    worker_port: int = _setting(
        0,
        "Port on which headway worker answers /healthz, /readyz and /metrics; 0: none.",
        minimum=0,
        maximum=65535,
    )
    objects_url: str = _setting(
        DERIVED,
        "Attachments and pictures: file:/path of a folder, or s3://bucket/prefix?endpoint=https://host&region=name for "
        "a store that speaks S3 (&style=host, &ca=file).",
        derived="file:<shared_dir>/objects",
        check=check_objects_url,
    )
    objects_key_id: str = _setting(
        "", "Access key of that store; empty: what the environment says, such as AWS_ACCESS_KEY_ID or a machine's role."
    )
    objects_secret: str = _setting("", "Secret of that access key.", secret=True)
    asset_url: str = _setting(
        "",
        "Where pages get the web client's hashed files from, such as a CDN that fetches them from public_url; "
        "/assets/ follows.",
        check=check_asset_url,
    )
    trusted_proxies: tuple[str, ...] = _setting(
        (),
        "Addresses or networks of reverse proxies, by commas, whose X-Forwarded-For and -Proto are believed.",
        check=check_network,
    )
    registration: Registration = _setting(
        DERIVED,
        "Who may make an account, until an administrator decides in the product.",
        derived="open while host and public_url are this machine, else invitation",
    )
    first_admin: FirstAdmin = _setting(
        DERIVED,
        "Who becomes the first administrator: anyone who registers first, or who has the link that the start prints.",
        derived="anyone while host and public_url are this machine, else link",
    )
    session_days: int = _setting(30, "Days without use after which a sign-in ends.", minimum=1, maximum=365)
    password_hashes: int = _setting(2, "Passwords that are hashed at the same time.", minimum=1, maximum=64)

    rate_limit: bool = _setting(True, "Whether requests are limited; off for measuring only.")
    rate_limit_requests: int = _setting(100, "Requests of one person in the window.", minimum=1, maximum=1_000_000)
    rate_limit_seconds: int = _setting(10, "Length of the window in seconds.", minimum=1, maximum=86_400)
    sign_in_limit_requests: int = _setting(
        30,
        "Attempts to sign in, register or reset, per address; wrong passwords are limited per account beside it.",
        minimum=1,
        maximum=1_000_000,
    )
    sign_in_limit_seconds: int = _setting(60, "Length of that window in seconds.", minimum=1, maximum=86_400)

    smtp_url: str = _setting(
        "",
        "Mail server: smtp://user:password@host:587 (STARTTLS) or smtps://...:465. Empty: mail goes to mail_outbox.",
        secret=True,
        check=check_smtp_url,
    )
    mail_from: str = _setting("Headway <headway@localhost>", "Sender of all mail.", check=check_sender)
    mail_outbox: Path = _setting(
        DERIVED, "Folder that takes mail as .eml files while smtp_url is empty.", derived="<data_dir>/outbox"
    )

    max_upload_mb: int = _setting(25, "Largest attachment in megabytes.", minimum=1, maximum=10_000)
    max_uploading_mb: int = _setting(
        1024,
        "Files that one person may be sending at the same time, in megabytes together; a single one always may.",
        minimum=1,
        maximum=1_000_000,
    )
    max_avatar_mb: int = _setting(5, "Largest picture of a person in megabytes.", minimum=1, maximum=50)
    max_workspace_gb: int = _setting(10, "Files of one workspace together, in gigabytes.", minimum=1, maximum=100_000)
    max_workspace_history_gb: int = _setting(
        20,
        "Texts of one workspace with all their history, in gigabytes.",
        minimum=1,
        maximum=100_000,
    )
    max_body_kb: int = _setting(1024, "Largest JSON body of a request in kilobytes.", minimum=64, maximum=65_536)

    log_retention_days: int = _setting(
        90, "Days that the change log is kept for clients that were away.", minimum=7, maximum=3650
    )
    trash_retention_days: int = _setting(30, "Days until the trash is emptied.", minimum=1, maximum=3650)
    inbox_retention_days: int = _setting(90, "Days that read notifications are kept.", minimum=1, maximum=3650)

    backup_dir: Path = _setting(
        DERIVED, "Folder of the daily backups; best on another disk.", derived="<data_dir>/backups"
    )
    backup_keep_days: int = _setting(7, "Days that a backup is kept.", minimum=1, maximum=3650)
    backup_hour: int = _setting(3, "Hour (UTC) of the daily backup.", minimum=0, maximum=23)

    job_concurrency: int = _setting(4, "Background jobs that run at the same time.", minimum=1, maximum=64)
    max_connections: int = _setting(
        16_384, "Connections, live streams included, that are held at once.", minimum=128, maximum=1_000_000
    )
    shutdown_seconds: int = _setting(10, "Seconds that requests have to end at a stop.", minimum=1, maximum=600)

    log_level: LogLevel = _setting("info", "Least severity that is logged to standard error.")
    log_format: LogFormat = _setting("auto", "Lines for people or JSON; auto: for people on a terminal.")
    metrics: MetricsAccess = _setting(
        DERIVED,
        "Who may read /metrics: programs of this machine, those with a token, everybody, or nobody.",
        derived="loopback while host and public_url are this machine, else token",
    )
    metrics_token: str = _setting("", "Bearer token that opens /metrics from anywhere.", secret=True)
    crash_at: str = _setting(
        "", "For crash tests: the process kills itself at this point, as point:count.", check=check_fault
    )

    def __post_init__(self) -> None:
        for name, derive in _DERIVATIONS.items():
            if getattr(self, name) is DERIVED:
                object.__setattr__(self, name, derive(self))

    @property
    def database_path(self) -> Path:
        """The SQLite file."""
        return Path(self.database_url.removeprefix("sqlite:///"))

    @property
    def public_is_loopback(self) -> bool:
        """Whether people reach the product from this machine only, as far as its links say."""
        return is_loopback(self.public_url)

    @property
    def is_private(self) -> bool:
        """Whether nobody but this machine can reach the product: a container listens to others, whatever links say."""
        return self.public_is_loopback and is_loopback_host(self.host)


_DERIVATIONS: Final[Mapping[str, Callable[[Settings], object]]] = {
    "public_url": lambda settings: f"http://localhost:{settings.port}",
    "database_url": lambda settings: f"sqlite:///{settings.data_dir / 'headway.db'}",
    "registration": lambda settings: "open" if settings.is_private else "invitation",
    "first_admin": lambda settings: "anyone" if settings.is_private else "link",
    "metrics": lambda settings: "loopback" if settings.is_private else "token",
    "shared_dir": lambda settings: settings.data_dir,
    "objects_url": lambda settings: f"file:{quote(str(settings.shared_dir / 'objects'))}",
    "signing_key": lambda settings: settings.shared_dir / "keys" / "signing.key",
    "mail_outbox": lambda settings: settings.data_dir / "outbox",
    "backup_dir": lambda settings: settings.data_dir / "backups",
}

ABOUT: Final[Mapping[str, About]] = {each.name: each.metadata["about"] for each in fields(Settings)}
DEFAULTS: Final[Mapping[str, object]] = {each.name: each.default for each in fields(Settings)}
