"""Every command explains itself."""

import json
from pathlib import Path

import pytest

from headway.entrypoints.cli import COMMANDS, run
from headway.entrypoints.cli.settings import page
from headway.settings import ABOUT, PREFIX
from tests.cli.conftest import Shell

GROUPS = {
    "user": ["add", "list", "suspend", "reinstate", "make-admin", "unmake-admin", "reset-link"],
    "token": ["create", "list", "revoke"],
    "jobs": ["list", "retry"],
    "cluster": ["up", "status", "down", "restart", "kill", "start", "promote", "render"],
}

WITHOUT_JSON = {"serve", "worker", "openapi"}
"""What runs until it is ended, and what is JSON already."""


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


def test_the_help_lists_every_command_of_the_product(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    listed = capsys.readouterr().out
    for name in COMMANDS:
        assert f" {name} " in listed


@pytest.mark.parametrize(
    "command", [[name] for name in COMMANDS] + [[group, name] for group, names in GROUPS.items() for name in names]
)
def test_every_command_has_help_with_an_example(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command, "--help"]) == 0
    assert f"Example: headway {' '.join(command)}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    [[name] for name in COMMANDS if name not in {*GROUPS, *WITHOUT_JSON}]
    + [[group, name] for group in ("user", "token", "jobs") for name in GROUPS[group]],
)
def test_every_command_that_answers_can_do_so_in_json(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command, "--help"]) == 0
    assert "--json" in capsys.readouterr().out


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    assert "Commands" in capsys.readouterr().out


def test_an_unknown_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["srve"]) == 2
    told = capsys.readouterr().err
    assert "srve" in told
    assert told.count("\n") == 1


def test_the_settings_are_listed_with_default_and_meaning_and_without_secrets(shell: Shell) -> None:
    listed = shell.run("settings", "--json", HEADWAY_SMTP_URL="smtp://me:hunter2@mail", HEADWAY_PORT="9000")
    assert "hunter2" not in listed.stdout
    by_name = {each["name"]: each for each in json.loads(listed.stdout)}
    assert set(by_name) == {PREFIX + name.upper() for name in ABOUT}
    port = by_name["HEADWAY_PORT"]
    assert (port["value"], port["default"], port["allowed"]) == ("9000", "8000", "1 to 65535")
    assert by_name["HEADWAY_SMTP_URL"]["value"] == "********"
    assert "HEADWAY_PORT=9000  (default 8000)" in shell.run("settings", HEADWAY_PORT="9000").stdout


def test_the_page_about_settings_is_up_to_date() -> None:
    written = Path(__file__).parents[2] / "docs" / "settings.md"
    assert written.read_text("utf-8") == page(), "write it anew: python -m tools.settings_page"


def test_the_version_names_what_it_stands_on(shell: Shell) -> None:
    found = shell.json("version")
    assert tuple(int(part) for part in found["sqlite"].split(".")) >= (3, 51, 3)


def test_the_api_describes_itself_without_an_installation(shell: Shell) -> None:
    done = shell.run("openapi")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["openapi"].startswith("3.1")
    assert "/admin/system" in document["paths"]
    assert not shell.data.exists()
