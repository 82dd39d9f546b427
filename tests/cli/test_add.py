"""`headway add`: by the running server, at a server with a token, or directly when none runs."""

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.cli.conftest import Server, Shell


def test_a_line_becomes_the_task_of_the_person_named(server: Server) -> None:
    shell = server.shell
    ada = shell.json("user", "add", "ada@example.org", "--name", "Ada Lovelace")["person"]
    line = 'Water the "every day" plants 2099-06-01 17:30 @Ada !high ~90m +garden'
    added = shell.json("add", line, "--as", "ada@example.org")
    task = added["task"]
    assert task["title"] == "Water the every day plants +garden"
    assert (task["created_by"], task["assignee_ids"]) == (ada["id"], [ada["id"]])
    assert (task["due_date"], task["due_time"], task["due_zone"]) == ("2099-06-01", "17:30", "UTC")
    assert (task["priority"], task["estimate_minutes"]) == ("high", 90)
    assert (added["assignees"], added["unknown"]) == (["Ada Lovelace"], ["+garden"])
    assert [token["kind"] for token in added["tokens"]][:3] == ["literal", "due", "time"]


def test_people_are_told_the_key_and_what_was_understood(server: Server) -> None:
    shell = server.shell
    shell.json("user", "add", "joan@example.org", "--name", "Joan Clarke")
    said = shell.run("add", "Standup", "every", "monday", "~15m", "@nobody", "--as", "joan@example.org").stdout
    first, *rest = said.splitlines()
    assert first.endswith("Standup @nobody")
    assert first.split()[0].split("-")[1] == "1"
    understood = dict(line.split(maxsplit=1) for line in rest)
    assert (understood["project"], understood["estimate"]) == ("Inbox", "15 minutes")
    assert understood["repeats"] == "every week on Monday"
    assert "known" in understood["not"]


def test_a_token_adds_at_a_server_elsewhere(server: Server, shell: Shell) -> None:
    server.shell.json("user", "add", "mary@example.org", "--name", "Mary Shelley")
    scopes = ["--scope", "read", "--scope", "write"]
    token = server.shell.json("token", "create", "mary@example.org", "--name", "t", *scopes)["token"]
    done = shell.run("add", "Call @Mary 2099-06-01", "--json", HEADWAY_URL=server.url, HEADWAY_TOKEN=token)
    assert done.returncode == 0, done.stderr
    task = json.loads(done.stdout)["task"]
    assert (task["title"], task["due_date"]) == ("Call", "2099-06-01")
    assert server.get(f"/api/v1/tasks/{task['id']}", token).json()["key"] == task["key"]
    assert not shell.data.exists()


def test_refusals_have_exit_codes_and_one_line(server: Server, shell: Shell) -> None:
    server.shell.json("user", "add", "grace@example.org")
    server.shell.json("user", "add", "betty@example.org")
    server.shell.json("user", "suspend", "betty@example.org")
    local = {
        ("add", "Call mum", "--as", "nobody@example.org"): (3, "There is no such person"),
        ("add", "tomorrow", "--as", "grace@example.org"): (1, "Say what is to be done"),
        ("add", "Call mum", "--as", "betty@example.org"): (1, "suspended"),
        ("add", "Call mum"): (1, "--as"),
        ("add", "x" * 501, "--as", "grace@example.org"): (1, "500"),
        ("add", "@Ben " * 20_000, "--as", "grace@example.org"): (1, "at most 1000 characters"),
        ("add", "--as", "grace@example.org"): (2, "text"),
    }
    for arguments, (code, words) in local.items():
        done = server.shell.run(*arguments)
        assert (done.returncode, done.stderr.count("\n"), done.stdout) == (code, 1, ""), (arguments, done)
        assert words.lower() in done.stderr.lower()
    away = shell.run("add", "x", HEADWAY_URL="http://localhost:1", HEADWAY_TOKEN="hw_x")
    wrong = shell.run("add", "x", HEADWAY_URL=server.url, HEADWAY_TOKEN="hw_x")
    odd = shell.run("add", "x", HEADWAY_URL="file:///etc/passwd", HEADWAY_TOKEN="hw_x")
    assert [done.returncode for done in (away, wrong, odd)] == [1, 1, 1]
    assert "localhost:1 does not answer" in away.stderr
    assert "HEADWAY_URL" in odd.stderr


def test_without_a_server_the_only_person_need_not_be_named(shell: Shell) -> None:
    shell.json("user", "add", "ada@example.org")
    assert shell.json("add", "Pay rent every month on the 15th")["task"]["recurrence"] == {
        "rule": "FREQ=MONTHLY;BYMONTHDAY=15",
        "zone": "UTC",
    }
    assert shell.json("add", "Pay 1/12/2099 in cash", "--as", "ada@example.org")["task"]["due_date"] == "2099-12-01"
    said = shell.run("add", "Pay 1/12/2099 in cash", "--json", LC_ALL="en_US.UTF-8")
    assert json.loads(said.stdout)["task"]["due_date"] == "2099-01-12"


def test_a_token_in_the_environment_is_no_wrong_setting(shell: Shell) -> None:
    assert shell.run("settings", HEADWAY_TOKEN="hw_x", HEADWAY_URL="https://example.org").returncode == 0


def test_a_token_goes_to_no_other_server(shell: Shell) -> None:
    with listening("elsewhere") as (elsewhere, heard), listening(elsewhere) as (named, _):
        done = shell.run("add", "x", HEADWAY_URL=named, HEADWAY_TOKEN="hw_secret")
    assert (done.returncode, heard) == (1, [])
    assert "302" in done.stderr


@contextlib.contextmanager
def listening(to: str) -> Iterator[tuple[str, list[str]]]:
    """A server that sends everybody `to` another one; its address, and the paths that it was asked for."""
    heard: list[str] = []

    class Redirect(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(302)
            self.send_header("Location", to)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Redirect) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", heard
        finally:
            server.shutdown()
            serving.join()
