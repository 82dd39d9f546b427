"""Settings come from HEADWAY_* variables or a TOML file, and a wrong one is named in one line."""

from pathlib import Path

import pytest

from headway.settings import ABOUT, Settings, SettingsError, load_settings, masked


def test_every_setting_has_a_default_that_works() -> None:
    settings = load_settings({})
    assert settings == Settings()
    assert settings.public_url == "http://localhost:8000"
    assert settings.database_path == Path("data/headway.db")
    assert settings.mail_outbox == Path("data/outbox")


def test_every_setting_says_what_it_means() -> None:
    assert all(about.meaning.endswith(".") for about in ABOUT.values())


def test_variables_are_read_as_the_type_of_the_setting() -> None:
    settings = load_settings(
        {
            "HEADWAY_PORT": "9000",
            "HEADWAY_RATE_LIMIT": "off",
            "HEADWAY_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8",
            "HEADWAY_DATA_DIR": "elsewhere",
            "UNRELATED": "x",
        }
    )
    assert settings.port == 9000
    assert settings.public_url == "http://localhost:9000"
    assert settings.rate_limit is False
    assert settings.trusted_proxies == ("127.0.0.1", "10.0.0.0/8")
    assert settings.backup_dir == Path("elsewhere/backups")


@pytest.mark.parametrize(
    ("public_url", "host", "derived"),
    [
        ("http://localhost:8000", "127.0.0.1", ("open", "anyone", "loopback")),
        ("http://127.0.0.1:8000", "::1", ("open", "anyone", "loopback")),
        ("https://tasks.example.org/headway", "127.0.0.1", ("invitation", "link", "token")),
        ("http://localhost:8000", "0.0.0.0", ("invitation", "link", "token")),  # noqa: S104 - a container
    ],
)
def test_doors_are_open_only_while_nobody_else_reaches_the_machine(
    public_url: str, host: str, derived: tuple[str, str, str]
) -> None:
    settings = load_settings({"HEADWAY_PUBLIC_URL": public_url, "HEADWAY_HOST": host})
    assert (settings.registration, settings.first_admin, settings.metrics) == derived


@pytest.mark.parametrize(
    "value", ["cdn.example.org", "https://cdn.example.org/", "https://a b", "https://x.org/'self'", "https://x.org?a=1"]
)
def test_an_address_of_assets_that_would_break_the_page_is_refused(value: str) -> None:
    assert load_settings({"HEADWAY_ASSET_URL": "https://cdn.example.org/a"}).asset_url == "https://cdn.example.org/a"
    with pytest.raises(SettingsError):
        load_settings({"HEADWAY_ASSET_URL": value})


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "headway.toml"
    file.write_text('port = 9000\nhost = "::1"\nrate_limit = false\ntrusted_proxies = ["10.0.0.1"]\n')
    settings = load_settings({"HEADWAY_CONFIG": str(file), "HEADWAY_PORT": "9001"})
    assert (settings.port, settings.host, settings.rate_limit) == (9001, "::1", False)
    assert settings.trusted_proxies == ("10.0.0.1",)


def test_the_file_of_the_current_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("headway.toml").write_text("port = 9002\n")
    assert load_settings({}).port == 9002


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("HEADWAY_PROT", "1", "HEADWAY_PROT is not a setting; did you mean HEADWAY_PORT?"),
        ("HEADWAY_ZZZZZZ", "1", "HEADWAY_ZZZZZZ is not a setting; `headway settings` lists all"),
        ("HEADWAY_PORT", "abc", "HEADWAY_PORT: must be a whole number from 1 to 65535, not 'abc'"),
        ("HEADWAY_PORT", "65536", "HEADWAY_PORT: must be a whole number from 1 to 65535, not '65536'"),
        ("HEADWAY_RATE_LIMIT", "of", "HEADWAY_RATE_LIMIT: must be on or off, not 'of'"),
        ("HEADWAY_REGISTRATION", "x", "HEADWAY_REGISTRATION: must be one of open, invitation, closed, not 'x'"),
        ("HEADWAY_DATA_DIR", "", "HEADWAY_DATA_DIR: must be a path, not ''"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(name: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings({name: value})
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HEADWAY_PUBLIC_URL", "localhost:8000"),
        ("HEADWAY_PUBLIC_URL", "http://example.org/"),
        ("HEADWAY_PUBLIC_URL", "http://example.org:port"),
        ("HEADWAY_PUBLIC_URL", "http://me@example.org"),
        ("HEADWAY_DATABASE_URL", "postgres://x"),
        ("HEADWAY_DATABASE_URL", "sqlite:///"),
        ("HEADWAY_OBJECTS_URL", "/srv/files"),
        ("HEADWAY_OBJECTS_URL", "s3:bucket"),
        ("HEADWAY_OBJECTS_URL", "s3://key:secret@bucket"),
        ("HEADWAY_SMTP_URL", "mail.example.org"),
        ("HEADWAY_MAIL_FROM", "nobody"),
        ("HEADWAY_MAIL_FROM", "a@example.org\nBcc: b@example.org"),
        ("HEADWAY_MAIL_FROM", "a@example.org, b@example.org"),
        ("HEADWAY_TRUSTED_PROXIES", "127.0.0.1,nginx"),
        ("HEADWAY_CRASH_AT", "write.before_commit"),
        ("HEADWAY_CONFIG", "no/such/file.toml"),
    ],
)
def test_what_cannot_work_stops_the_start(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings({name: value})
    assert "\n" not in str(refused.value)


def test_a_server_without_a_database_is_refused_in_one_line_that_keeps_the_password() -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings({"HEADWAY_DATABASE_URL": "mysql://me:hunter2@db"})
    assert "mysql://user:password@host:3306/name" in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_an_unknown_name_in_the_file_is_refused_with_the_file_and_a_hint(tmp_path: Path) -> None:
    file = tmp_path / "headway.toml"
    file.write_text("prot = 1\n")
    with pytest.raises(SettingsError, match=r"headway\.toml: prot is not a setting; did you mean port\?"):
        load_settings({"HEADWAY_CONFIG": str(file)})


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "headway.toml"
    file.write_text("port 1\n")
    with pytest.raises(SettingsError, match="is not TOML"):
        load_settings({"HEADWAY_CONFIG": str(file)})


def test_secrets_are_stars_when_shown() -> None:
    settings = load_settings({"HEADWAY_SMTP_URL": "smtp://me:hunter2@mail", "HEADWAY_METRICS_TOKEN": "hunter3"})
    shown = [masked(settings, name) for name in ABOUT]
    assert not any("hunter" in value for value in shown)
    assert masked(settings, "smtp_url") == "********"
    assert masked(Settings(), "smtp_url") == ""
