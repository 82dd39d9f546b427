"""Logs go to standard error, one line per event, and hold no secret."""

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from headway.modules.auth.domain import access_token, api_token, link_token, refresh_token
from headway.modules.auth.domain.refresh_token import RefreshToken
from headway.modules.notifications.domain import unsubscribing
from headway.modules.tasks.domain import invitation_link
from headway.platform.telemetry import HIDDEN, hide_secrets

USER = "01900000-0000-7000-8000-00000000000a"
KEY = b"a signing key for tests only, 32+ bytes"


@pytest.mark.parametrize(
    "name", ["password", "new_password", "access_token", "Authorization", "set-cookie", "smtp_url", "totp_secret"]
)
def test_a_value_with_a_secret_name_is_hidden(name: str) -> None:
    assert hide_secrets(None, "info", {"event": "x", name: "hunter2"})[name] == HIDDEN


def test_secrets_inside_of_texts_and_structures_are_hidden() -> None:
    event = hide_secrets(
        None,
        "info",
        {
            "event": "asked https://example.org/reset?token=hunter2&x=1",
            "headers": {"authorization": "Bearer hunter2hunter2", "accept": "text/html"},
            "tried": ["smtp://me:hunter2@mail.example.org", "Bearer hunter2hunter2"],
            "error": ValueError("cannot connect to smtp://me:hunter2@mail"),
        },
    )
    assert "hunter2" not in str(event)
    assert event["headers"]["accept"] == "text/html"
    assert event["event"] == f"asked https://example.org/reset?token={HIDDEN}&x=1"
    assert event["tried"][0] == f"smtp://me:{HIDDEN}@mail.example.org"


@pytest.mark.parametrize(
    "secret",
    [
        api_token.new_token(USER),
        link_token.new_token(USER),
        refresh_token.issue(KEY, RefreshToken(USER, USER, 1)),
        access_token.issue(KEY, USER, USER, datetime(2026, 11, 23, tzinfo=UTC)),
        invitation_link.token_of(KEY, USER, USER, 1),
        unsubscribing.token_of(KEY, USER),
    ],
    ids=["api token", "link", "refresh", "access", "invitation", "unsubscribing"],
)
def test_what_we_give_out_is_hidden_wherever_it_stands(secret: str) -> None:
    event = hide_secrets(None, "error", {"event": "odd", "detail": f"no {secret}, at https://x.example/reset#{secret}"})
    assert not any(part in str(event) for part in secret.strip("=").split("."))
    ordinary = f"attachments/{USER}/{USER}.webp {'0123456789abcdef' * 4} tests/platform/test_telemetry.py"
    assert hide_secrets(None, "error", {"event": ordinary})["event"] == ordinary


def test_nothing_that_a_terminal_obeys_is_logged() -> None:
    event = hide_secrets(None, "error", {"event": "odd", "exception": "ValueError: \x1b[2Jone\ntwo\x9b"})
    assert event["exception"] == "ValueError: ?[2Jone\ntwo?"


def test_ordinary_values_stay_as_they_are() -> None:
    event = {"event": "asked", "path": "/api/v1/auth/tokens", "status": 200, "took_ms": 1.5, "tokens": 3}
    assert hide_secrets(None, "info", dict(event)) == event


def log_of(program: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_json_lines_of_ours_and_of_libraries_go_to_standard_error_without_secrets() -> None:
    lines = log_of(
        "import logging, structlog\n"
        "from headway.platform.telemetry import configure_logs\n"
        "configure_logs('info', 'json')\n"
        "structlog.get_logger('x').info('signed_in', user='u1', password='hunter2')\n"
        "structlog.get_logger('x').debug('quiet')\n"
        "logging.getLogger('library').warning('odd %s', 'Bearer hunter2hunter2')\n"
    )
    first, second = (json.loads(line) for line in lines)
    assert (first["event"], first["user"], first["level"], first["password"]) == ("signed_in", "u1", "info", HIDDEN)
    assert second["event"] == f"odd Bearer {HIDDEN}"
    assert first["timestamp"].endswith("Z")


def test_a_traceback_is_part_of_the_event_without_secrets() -> None:
    [line] = log_of(
        "import structlog\n"
        "from headway.platform.telemetry import configure_logs\n"
        "configure_logs('info', 'json')\n"
        "try:\n"
        "    raise ValueError('smtp://me:hunter2@mail')\n"
        "except ValueError:\n"
        "    structlog.get_logger('x').exception('failed')\n"
    )
    event = json.loads(line)
    assert "ValueError" in event["exception"]
    assert "smtp://me:[hidden]@mail" in event["exception"]
    assert "hunter2" not in line


def test_lines_for_people_are_no_json() -> None:
    [line] = log_of(
        "import structlog\n"
        "from headway.platform.telemetry import configure_logs\n"
        "configure_logs('warning', 'human')\n"
        "structlog.get_logger('x').warning('disk_is_filling', percent=91)\n"
    )
    assert "disk_is_filling" in line
    assert "percent" in line
