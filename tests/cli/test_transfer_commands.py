"""`headway export` and `headway import` as an operator calls them: beside a running server, and without one."""

import httpx

from tests.cli.conftest import Server, Shell

OWNER = "ada@example.org"
SCOPES = ("--scope", "read", "--scope", "write")


def filled(server: Server) -> str:
    """A workspace that was made over HTTP; its id."""
    shell = server.shell
    shell.json("user", "add", OWNER, "--name", "Ada")
    token = shell.json("token", "create", OWNER, "--name", "test", *SCOPES)["token"]
    with httpx.Client(base_url=f"{server.url}/api/v1", headers={"authorization": f"Bearer {token}"}) as api:
        workspace: dict[str, str] = api.post("/workspaces", json={"name": "Roofers"}).raise_for_status().json()
        body = {"workspace_id": workspace["id"], "key": "OPS", "name": "Operations"}
        project = api.post("/projects", json=body).raise_for_status().json()
        api.post("/tasks", json={"project_id": project["id"], "title": "Fix the roof"}).raise_for_status()
    return workspace["id"]


def test_a_workspace_moves_from_a_running_server_to_an_installation_without_one(server: Server, shell: Shell) -> None:
    workspace_id = filled(server)
    file = shell.folder / "roofers.tar"

    exported = server.shell.json("export", "roofers", str(file))
    assert exported["workspace"] == {"id": workspace_id, "name": "Roofers", "kind": "team"}

    refused = shell.run("import", str(file))
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "--owner" in refused.stderr
    shell.json("user", "add", OWNER)
    imported = shell.json("import", str(file))
    assert (imported["workspace_id"], imported["objects"]) == (workspace_id, exported["objects"])
    assert (imported["was_there"], imported["strangers"]) == (False, [])


def test_what_cannot_be_done_is_said_in_one_line(shell: Shell) -> None:
    (shell.folder / "notes.tar").write_text("no export", "utf-8")
    cases = {
        ("export", "nothing", "x.tar"): (3, "no such workspace"),
        ("import", "notes.tar"): (1, "cannot be read"),
        ("user", "ada@example.org"): (2, "such as `headway user add ada@example.org`"),
        ("user", "add"): (2, "`headway user add` needs <email>"),
        ("export",): (2, "`headway export` needs <workspace>"),
        ("import", "missing.tar"): (3, "There is no file or folder missing.tar"),
    }
    for arguments, (code, words) in cases.items():
        done = shell.run(*arguments)
        assert (done.returncode, done.stdout) == (code, ""), done
        assert words in done.stderr
        assert done.stderr.count("\n") == 1
    assert not (shell.folder / "x.tar").exists()
