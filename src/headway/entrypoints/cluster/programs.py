"""The server programs of the operating system."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from headway.platform.failure import Failure

SEARCHED: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
PACKAGES: Final = {
    "mariadbd": "mariadb-server",
    "mariadb-install-db": "mariadb-server",
    "mariadb-dump": "mariadb-client",
    "mariadb": "mariadb-client",
    "redis-server": "redis-server",
    "nginx": "nginx-light",
}
"""Debian's package of each program; other systems have names that are alike."""
NGINX_MODULES: Final = (Path("/usr/lib/nginx/modules"), Path("/usr/lib64/nginx/modules"))


class MissingProgram(Failure):
    """A server that is needed is not installed."""


def program(name: str) -> str:
    """Where a program is. MissingProgram says what to install."""
    return _find([name])[0]


def require(names: Sequence[str]) -> None:
    """MissingProgram, once for all that is missing."""
    _find(names)


def nginx_module(name: str) -> Path | None:
    """The file of a dynamic module, where it is installed."""
    files = (folder / f"ngx_http_{name}_module.so" for folder in NGINX_MODULES)
    return next((file for file in files if file.is_file()), None)


def _find(names: Sequence[str]) -> list[str]:
    found = {name: shutil.which(name) or shutil.which(name, path=SEARCHED) for name in names}
    missing = [name for name, path in found.items() if path is None]
    if missing:
        packages = " ".join(dict.fromkeys(PACKAGES[name] for name in missing))
        verb = "is" if len(missing) == 1 else "are"
        raise MissingProgram(f"{', '.join(missing)} {verb} not installed: apt-get install {packages}")
    return [path for path in found.values() if path is not None]
