"""Tests cannot leave the machine, and neither can the programs that they start."""

import asyncio
import socket
import subprocess
import sys

import pytest

ELSEWHERE = "192.0.2.1"  # set aside for documentation by RFC 5737: never somebody's machine
REFUSED = f"tests may reach loopback only, not '{ELSEWHERE}'"


def test_a_connection_to_another_machine_is_refused() -> None:
    with pytest.raises(RuntimeError, match=REFUSED):
        socket.create_connection((ELSEWHERE, 80), timeout=1)


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match=r"not 'example\.com'"):
        socket.getaddrinfo("example.com", 443)


def test_a_datagram_to_another_machine_is_refused() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender, pytest.raises(RuntimeError, match=REFUSED):
        sender.sendto(b"hello", (ELSEWHERE, 53))


async def test_an_asynchronous_connection_is_refused() -> None:
    with pytest.raises(RuntimeError, match=REFUSED):
        await asyncio.open_connection(ELSEWHERE, 80)


def test_a_server_on_loopback_is_reached() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        client.sendall(b"hello")
        accepted, _ = server.accept()
        with accepted:
            assert accepted.recv(5) == b"hello"


def test_a_program_that_a_test_starts_is_guarded_too() -> None:
    program = f"import socket; socket.create_connection(({ELSEWHERE!r}, 80), timeout=1)"
    child = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert child.returncode == 1
    assert REFUSED in child.stderr
