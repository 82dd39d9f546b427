"""The data folder: who uses it, and the key that signs what people hold."""

import contextlib
import fcntl
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from headway.platform.failure import Failure
from headway.platform.objects import sync_folder
from headway.settings import Settings

KEY_BYTES: Final = 32


class InUse(Failure):
    """Another process works on the data folder."""


class BadKey(Failure):
    """The signing key cannot be read."""


@dataclass(frozen=True, slots=True)
class Installation:
    """Where things are in a data folder; instances of one database share a folder of files, and the key."""

    folder: Path
    shared: Path | None = None
    key_file: Path | None = None

    @property
    def common(self) -> Path:
        """What all instances share."""
        return self.shared or self.folder

    @property
    def lock(self) -> Path:
        """Held by the one process that may write; says which."""
        return self.folder / "headway.lock"

    @property
    def socket(self) -> Path:
        """Where the running server takes commands."""
        return self.folder / "operator.sock"

    @property
    def keys(self) -> Path:
        """Folder of the keys."""
        return self.common / "keys"

    @property
    def signing_key(self) -> Path:
        """The key that signs access tokens and links."""
        return self.key_file or self.keys / "signing.key"

    @property
    def uploading(self) -> Path:
        """Folder of files on their way to a store elsewhere."""
        return self.folder / "uploading"

    @property
    def web_assets(self) -> Path:
        """Folder of the web client's hashed files, one folder a release."""
        return self.common / "web_assets"

    @property
    def restoring(self) -> Path:
        """Stands while a restore is under way."""
        return self.folder / "restore.running"

    @property
    def move(self) -> Path:
        """Where the data is being moved to, or has been."""
        return self.folder / "move.json"

    @contextlib.contextmanager
    def held(self, by: str) -> Iterator[None]:
        """Make the folder if need be and hold it; InUse says who else does."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self.lock.open("a+", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                holder = file.read().strip() or "another process"
                raise InUse(f"{self.folder} is in use by {holder}; only one process may write to it") from None
            file.truncate(0)
            file.write(f"{by} (process {os.getpid()})")
            file.flush()
            try:
                yield
            finally:
                file.truncate(0)

    def secret(self) -> bytes:
        """The signing key, made when there is none. BadKey when the file holds something else."""
        path = self.signing_key
        try:
            if not path.exists():
                _write_key(path, secrets.token_bytes(KEY_BYTES))
            key = bytes.fromhex(path.read_text("ascii").strip())
        except (OSError, ValueError) as error:
            raise BadKey(f"{path} cannot be read as a key: {error}") from None
        if len(key) != KEY_BYTES:
            raise BadKey(f"{path} must hold {KEY_BYTES * 2} hexadecimal digits; restore it from a backup")
        return key


def installation_of(settings: Settings) -> Installation:
    """What the settings say."""
    return Installation(settings.data_dir, settings.shared_dir, settings.signing_key)


def fingerprint(secret: bytes) -> str:
    """What tells a signing key from others and betrays nothing of it: 16 hexadecimal digits."""
    return hmac.digest(secret, b"headway fingerprint", hashlib.sha256)[:8].hex()


def _write_key(path: Path, key: bytes) -> None:
    """Only this user may read it, no crash leaves half of it, and of instances that start together one makes it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    staged = path.with_suffix(f".{secrets.token_hex(8)}")
    descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):  # another instance was quicker: its key holds
        path.hardlink_to(staged)
    staged.unlink()
    sync_folder(path.parent)
