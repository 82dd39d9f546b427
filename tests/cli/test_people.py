"""People and tokens by the command line: by the running server, or directly when none runs."""

from tests.cli.conftest import Server, Shell


def test_people_are_added_listed_promoted_and_suspended(server: Server) -> None:
    shell = server.shell
    added = shell.json("user", "add", "ada@example.org", "--name", "Ada Lovelace", "--admin")
    assert (added["person"]["name"], added["person"]["is_admin"]) == ("Ada Lovelace", True)
    assert added["link"].startswith(f"{server.url}/reset#")
    grace = shell.json("user", "add", "Grace@Example.org", "--password-stdin", given="a long enough secret\n")
    assert grace["link"] is None
    assert shell.json("user", "suspend", "grace@example.org")["state"] == "suspended"
    assert shell.json("user", "reinstate", grace["person"]["id"])["state"] == "active"
    assert shell.json("user", "make-admin", "grace@example.org")["is_admin"] is True
    assert shell.json("user", "unmake-admin", "ada@example.org")["is_admin"] is False
    people = {person["email"]: person for person in shell.json("user", "list")}
    assert {"Grace@Example.org", "ada@example.org"} <= set(people)
    assert people["Grace@Example.org"]["is_admin"] is True
    assert grace["person"]["id"] in shell.run("user", "list").stdout


def test_refusals_have_exit_codes_and_one_line(server: Server) -> None:
    shell = server.shell
    shell.json("user", "add", "mary@example.org")
    cases = {
        ("user", "suspend", "nobody@example.org"): (3, "There is no such person"),
        ("user", "add", "mary@example.org"): (1, "There is an account with this email address already."),
        ("user", "add", "no address"): (1, "email"),
        ("user", "unmake-admin", "mary@example.org"): (3, "There is no such administrator"),
        ("user", "ad", "x"): (2, "ad"),
        ("token", "create", "mary@example.org", "--name", "x", "--scope", "fly"): (2, "fly"),
    }
    for arguments, (code, words) in cases.items():
        done = shell.run(*arguments)
        assert done.returncode == code, (arguments, done)
        assert words in done.stderr
        assert done.stderr.count("\n") == 1
        assert done.stdout == ""


def test_a_token_works_until_it_is_revoked(server: Server) -> None:
    shell = server.shell
    shell.json("user", "add", "joan@example.org")
    made = shell.json("token", "create", "joan@example.org", "--name", "script", "--scope", "read", "--days", "3")
    assert server.get("/api/v1/users/me", made["token"]).status_code == 200
    [listed] = shell.json("token", "list", "joan@example.org")
    assert (listed["name"], listed["scopes"], listed["id"]) == ("script", ["read"], made["id"])
    assert made["token"] not in str(listed)
    assert shell.run("token", "revoke", "joan@example.org", made["id"]).returncode == 0
    assert server.get("/api/v1/users/me", made["token"]).status_code == 401
    assert shell.run("token", "revoke", "joan@example.org", made["id"]).returncode == 3


def test_the_same_works_without_a_server_and_is_there_when_it_starts(shell: Shell) -> None:
    added = shell.json("user", "add", "ada@example.org", "--admin")
    assert added["link"].startswith("http://localhost:8000/")
    refused = shell.run("user", "unmake-admin", added["person"]["id"])
    assert refused.returncode == 1
    assert "This is the last administrator" in refused.stderr
    assert [person["email"] for person in shell.json("user", "list")] == ["ada@example.org"]
