"""Which requests come from another site."""

import pytest

from headway.modules.auth.contracts.origin import check_same_origin, is_loopback
from headway.platform.problems import Forbidden

PUBLIC = "https://tasks.example.org/headway"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://tasks.example.org"},
        {"origin": "https://tasks.example.org:8443"},
        {"origin": "https://tasks.example.org.evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "https://tasks.example.org:port"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "https://tasks.example.org"},
    ],
    ids=str,
)
def test_another_site_is_refused(method: str, headers: dict[str, str]) -> None:
    with pytest.raises(Forbidden) as refused:
        check_same_origin(method, headers, PUBLIC)
    assert refused.value.code == "cross_site"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://tasks.example.org"},
        {"origin": "https://tasks.example.org:443"},
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "same-origin", "origin": "https://tasks.example.org"},
    ],
    ids=str,
)
def test_our_own_pages_and_programs_are_let_through(headers: dict[str, str]) -> None:
    check_same_origin("POST", headers, PUBLIC)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_what_changes_nothing_may_come_from_anywhere(method: str) -> None:
    check_same_origin(method, {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}, PUBLIC)


def test_all_names_of_this_machine_are_one_host_but_ports_are_not() -> None:
    check_same_origin("POST", {"origin": "http://127.0.0.1:8000"}, "http://localhost:8000")
    with pytest.raises(Forbidden):
        check_same_origin("POST", {"origin": "http://localhost:3000"}, "http://localhost:8000")
    with pytest.raises(Forbidden):
        check_same_origin("POST", {"origin": "http://127.0.0.1:8000"}, "http://10.0.0.1:8000")


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://localhost:8000", True),
        ("http://tasks.localhost", True),
        ("http://127.1.2.3", True),
        ("http://[::1]:8000", True),
        ("http://localhost.example.org", False),
        ("http://10.0.0.1", False),
        ("https://tasks.example.org", False),
        ("//[", False),
        ("//a]b:80", False),
    ],
)
def test_what_only_this_machine_can_reach(url: str, loopback: bool) -> None:
    assert is_loopback(url) is loopback
