"""Configuration for production: the same templates that `headway cluster up` runs on loopback."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from headway.entrypoints.cluster.filling import filled, write_private
from headway.entrypoints.cluster.mariadb import group_configuration
from headway.entrypoints.cluster.nginx import site
from headway.entrypoints.cluster.state import AlreadyThere, Passwords

FIRST_PORT: Final = 8001
WEB_CLIENT: Final = Path("/var/lib/headway/web_client")
EXAMPLE_NAME: Final = "tasks.example.org"
COMPOSED: Final = ("headway-upstream.conf", "headway-proxy.conf", "headway-locations.conf")

_ONE: Final = """# Headway on one machine.
#
#   python3 -m venv /opt/headway && /opt/headway/bin/pip install headway-*.whl
#   cp headway.service /etc/systemd/system/ && systemctl enable --now headway
#
# Settings stand in /etc/headway/headway.env (readable by root only), one HEADWAY_NAME=value a line; at least
# HEADWAY_PUBLIC_URL=https://tasks.example.org and HEADWAY_TRUSTED_PROXIES=127.0.0.1 behind a proxy on this machine."""
_INSTANCE: Final = """# One of several instances of Headway, named after its port:
#
#   cp headway@.service /etc/systemd/system/ && systemctl enable --now headway@8001 headway@8002
#
# Settings that all share stand in /etc/headway/headway.env. To restart without a failed request, restart one after
# another, each when the one before answers 200 on /readyz."""
_WORKER: Final = """# The work beside requests: jobs, mail, statistics. As many as you like, here or on other machines:
#
#   cp headway-worker@.service /etc/systemd/system/ && systemctl enable --now headway-worker@1"""


_OPEN: Final = """# For instances on other machines: in a private network, or with ssl_cert and ssl_key here.
bind_address = *
"""


def shipped() -> Mapping[str, str]:
    """What `deploy/` has of these templates, by path below it: for one instance, and for the compose file of three."""
    unit = {
        "about": _ONE,
        "description": "Headway, task management for teams",
        "command": "serve",
        "environment": "Environment=HEADWAY_DATA_DIR=/var/lib/headway",
    }
    front = site(["127.0.0.1:8000"], EXAMPLE_NAME, WEB_CLIENT, brotli=False)
    composed = site([f"app{n}:8000" for n in (1, 2, 3)], EXAMPLE_NAME, WEB_CLIENT, brotli=False)
    return {
        "headway.service": filled("systemd/headway.service", unit),
        **{f"nginx/{name}": text for name, text in front.items()},
        **{f"compose/nginx/{name}": composed[name] for name in COMPOSED},
        "compose/mariadb.cnf": group_configuration(1, buffer_pool="512M", log_size="256M"),
    }


def several_machines(server_name: str, instances: int, replicas: int) -> Mapping[str, str]:
    """nginx, MariaDB, Redis, systemd and settings of stage 2, by path. The passwords in it are new."""
    passwords = Passwords.made()
    servers = [f"127.0.0.1:{FIRST_PORT + n}" for n in range(instances)]
    hosts = [f"db{n}.internal" for n in range(1, replicas + 2)]
    values = {
        "server_name": server_name,
        "databases": ",".join(f"{host}:3306" for host in hosts),
        "replicas": ",".join(f"mysql://headway_read:{passwords.read}@{host}:3306/headway" for host in hosts),
        "primary": hosts[0],
        "app": passwords.app,
        "read": passwords.read,
        "replication": passwords.replication,
        "redis": passwords.redis,
    }
    redis = {"bind": "* -::*", "port": 6379, "password": passwords.redis, "memory": "512mb"}
    return {
        "README.md": filled("production/README.md", values),
        "headway.env": filled("production/headway.env", values),
        "redis/redis.conf": filled("redis.conf", redis),
        "mariadb/users.sql": filled("production/users.sql", values),
        "mariadb/follow.sql": filled("production/follow.sql", values),
        **{f"mariadb/{host}.cnf": _database(number) for number, host in enumerate(hosts, 1)},
        **{f"systemd/{name}": text for name, text in _units().items()},
        **{f"nginx/{name}": text for name, text in site(servers, server_name, WEB_CLIENT, brotli=False).items()},
    }


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write them into an empty folder, for this user only: some hold passwords. AlreadyThere."""
    if folder.exists() and any(folder.iterdir()):
        raise AlreadyThere(f"{folder} is not empty: what may be in use is not overwritten.")
    for name, text in files.items():
        write_private(folder / name, text)


def _database(number: int) -> str:
    common = group_configuration(number, buffer_pool="1G", log_size="512M")
    return f"{common}\n{_OPEN}"


def _units() -> Mapping[str, str]:
    data = "Environment=HEADWAY_DATA_DIR=/var/lib/headway/process"
    shared = "Environment=HEADWAY_SHARED_DIR=/var/lib/headway/shared"
    instance = {
        "about": _INSTANCE,
        "description": "Headway, instance on port %i",
        "command": "serve",
        "environment": f"{data}-%i\n{shared}\nEnvironment=HEADWAY_PORT=%i\nEnvironment=HEADWAY_BACKGROUND=off",
    }
    worker = {
        "about": _WORKER,
        "description": "Headway, worker %i",
        "command": "worker",
        "environment": f"{data}-worker-%i\n{shared}",
    }
    return {
        "headway@.service": filled("systemd/headway.service", instance),
        "headway-worker@.service": filled("systemd/headway.service", worker),
    }
