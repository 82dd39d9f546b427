"""`headway backup`, `restore` and `doctor`, as an operator calls them."""

import json
from pathlib import Path

from msgspec.structs import replace

from headway.platform.backup.manifest import read_manifest, write_manifest
from tests.cli.conftest import Server, Shell


def emails(shell: Shell) -> list[str]:
    return sorted(person["email"] for person in shell.json("user", "list"))


def test_a_running_server_is_backed_up_found_healthy_and_never_overwritten(server: Server) -> None:
    shell = server.shell
    shell.json("user", "add", "ada@example.org")
    made = shell.json("backup", "--to", str(shell.folder / "b.tar"))
    assert Path(made["path"]).is_dir()
    shell.json("user", "add", "grace@example.org")
    refused = shell.run("restore", "latest")
    assert refused.returncode == 1
    assert "is in use by headway serve" in refused.stderr
    assert emails(shell) == ["ada@example.org", "grace@example.org"]
    healthy, worst = found(shell)
    assert healthy == 0
    assert {
        "settings",
        "data folder",
        "files",
        "disk",
        "clock",
        "database",
        "jobs",
        "backups",
        "mail",
        "log",
        "rows",
    } == set(worst)
    assert worst.pop("backups") == "warning"  # they lie on the same disk as the data
    assert set(worst.values()) == {"ok"}, worst


def test_a_backup_brings_back_people_and_key(shell: Shell) -> None:
    shell.json("user", "add", "ada@example.org")
    shell.json("backup", "--to", str(shell.folder / "b.tar"))
    key = (shell.data / "keys/signing.key").read_bytes()
    shell.json("user", "add", "grace@example.org")
    restored = shell.json("restore", "b.tar")
    assert restored["in_place"] is True
    assert emails(shell) == ["ada@example.org"]
    assert (shell.data / "keys/signing.key").read_bytes() == key
    elsewhere = Shell(shell.folder, {"HEADWAY_DATA_DIR": "elsewhere"})
    assert elsewhere.run("restore", "b.tar").returncode == 0
    assert (shell.folder / "elsewhere/keys/signing.key").read_bytes() == key


def test_a_damaged_backup_is_refused(shell: Shell) -> None:
    shell.json("user", "add", "ada@example.org")
    made = Path(shell.json("backup")["path"])
    database = made / "database.db"
    content = bytearray(database.read_bytes())
    content[len(content) // 2] ^= 1
    database.write_bytes(content)
    for arguments in (["restore", made.name], ["restore", "--check", made.name]):
        done = shell.run(*arguments)
        assert done.returncode == 1
        assert "database.db is damaged" in done.stderr
    assert emails(shell) == ["ada@example.org"]
    assert list(shell.data.glob("before-restore-*")) == []


def test_a_backup_of_a_newer_release_is_refused_before_anything_is_touched(shell: Shell) -> None:
    shell.json("migrate")
    path = Path(shell.json("backup")["path"])
    manifest = read_manifest(path)
    write_manifest(path, replace(manifest, revisions={**manifest.revisions, "tasks": "m9999_future"}))
    done = shell.run("restore", "latest")
    assert done.returncode == 1
    assert "module tasks is at revision m9999_future" in done.stderr
    assert list(shell.data.glob("before-restore-*")) == []


def test_what_is_not_there_has_its_own_exit_code(shell: Shell) -> None:
    assert shell.run("restore", "headway-20200101T000000Z").returncode == 3
    assert shell.run("restore", "latest").returncode == 3
    nothing = shell.run("backup")
    assert nothing.returncode == 1
    assert "There is no database" in nothing.stderr


def test_a_restore_that_was_interrupted_stops_the_start_until_it_is_completed(shell: Shell) -> None:
    shell.json("user", "add", "ada@example.org")
    name = Path(shell.json("backup")["path"]).name
    (shell.data / "restore.running").write_text(name)
    stopped = shell.run("serve")
    assert stopped.returncode == 1
    assert f"A restore of {name} was interrupted" in stopped.stderr
    assert shell.run("restore", name).returncode == 0
    assert emails(shell) == ["ada@example.org"]


def found(shell: Shell, **settings: str) -> tuple[int, dict[str, str]]:
    """The doctor's exit code, and the worst level of each check."""
    done = shell.run("doctor", "--deep", "--json", **settings)
    worst: dict[str, str] = {}
    for finding in json.loads(done.stdout):
        if worst.get(finding["check"], "ok") == "ok":
            worst[finding["check"]] = finding["level"]
        assert (finding["level"] == "ok") == (finding["advice"] == "")
    return done.returncode, worst


def test_the_doctor_finds_what_is_wrong(shell: Shell) -> None:
    code, worst = found(shell)
    assert (code, worst["data folder"], worst["database"]) == (1, "failure", "failure")
    shell.json("user", "add", "ada@example.org")
    shell.data.chmod(0o755)
    code, worst = found(
        shell,
        HEADWAY_HOST="0.0.0.0",  # noqa: S104 - the doctor is to find it
        HEADWAY_SMTP_URL="smtp://127.0.0.1:1",
        HEADWAY_RATE_LIMIT="off",
    )
    assert code == 1
    assert worst["settings"] == "warning"
    assert worst["permissions"] == "warning"
    assert worst["backups"] == "warning"
    assert worst["mail"] == "failure"
    assert worst["database"] == "ok"


def test_the_doctor_warns_of_a_proxy_in_front_of_what_takes_itself_for_private(shell: Shell) -> None:
    shell.json("user", "add", "ada@example.org")
    assert found(shell)[1]["settings"] == "ok"
    assert found(shell, HEADWAY_TRUSTED_PROXIES="127.0.0.1")[1]["settings"] == "warning"


def test_the_doctor_finds_a_damaged_database_and_says_what_to_do(shell: Shell) -> None:
    shell.json("user", "add", "ada@example.org")
    path = shell.data / "headway.db"
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    done = shell.run("doctor")
    assert done.returncode == 1
    assert "failure  database:" in done.stdout
    assert "headway restore latest" in done.stdout
