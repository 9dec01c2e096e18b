from __future__ import annotations

import ast
import dataclasses
import inspect
from pathlib import Path

import pytest

from today_feeling.errors import InvalidInput
from today_feeling.settings import Settings


def test_every_setting_is_documented() -> None:
    (klass,) = ast.parse(inspect.getsource(Settings)).body
    assert isinstance(klass, ast.ClassDef)
    documented = {
        field.target.id
        for field, text in zip(klass.body, klass.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
    }
    assert documented == {field.name for field in dataclasses.fields(Settings)}


def test_every_setting_can_come_from_the_environment() -> None:
    wanted = Settings(
        database_url="sqlite:////tmp/x.db",
        models_dir=Path("/m"),
        static_dir=Path("/s"),
        allowed_hosts=("a.example", "b.example"),
        secure_cookies=True,
        trusted_proxies=("10.0.0.1", "10.1.0.0/16"),
        session_days=7,
        guests_per_minute=8,
        writes_per_minute=9,
        tries_per_account=12,
        tries_per_address=11,
        public_url="https://a.example",
        youtube_url="http://localhost:1",
        youtube_music_url="http://localhost:2",
        radio_directory_url="http://localhost:3",
        smtp_host="mail.example",
        smtp_port=465,
        smtp_security="tls",
        smtp_user="someone",
        smtp_password="secret",
        smtp_from="A <a@a.example>",
    )
    environment = {
        "TODAY_FEELING_DATABASE_URL": "sqlite:////tmp/x.db",
        "TODAY_FEELING_MODELS_DIR": "/m",
        "TODAY_FEELING_STATIC_DIR": "/s",
        "TODAY_FEELING_ALLOWED_HOSTS": "a.example, b.example",
        "TODAY_FEELING_SECURE_COOKIES": "true",
        "TODAY_FEELING_TRUSTED_PROXIES": "10.0.0.1, 10.1.0.0/16",
        "TODAY_FEELING_SESSION_DAYS": "7",
        "TODAY_FEELING_GUESTS_PER_MINUTE": "8",
        "TODAY_FEELING_WRITES_PER_MINUTE": "9",
        "TODAY_FEELING_TRIES_PER_ACCOUNT": "12",
        "TODAY_FEELING_TRIES_PER_ADDRESS": "11",
        "TODAY_FEELING_PUBLIC_URL": "https://a.example",
        "TODAY_FEELING_YOUTUBE_URL": "http://localhost:1",
        "TODAY_FEELING_YOUTUBE_MUSIC_URL": "http://localhost:2",
        "TODAY_FEELING_RADIO_DIRECTORY_URL": "http://localhost:3",
        "TODAY_FEELING_SMTP_HOST": "mail.example",
        "TODAY_FEELING_SMTP_PORT": "465",
        "TODAY_FEELING_SMTP_SECURITY": "tls",
        "TODAY_FEELING_SMTP_USER": "someone",
        "TODAY_FEELING_SMTP_PASSWORD": "secret",
        "TODAY_FEELING_SMTP_FROM": "A <a@a.example>",
    }
    assert Settings.from_environment(environment) == wanted
    assert len(environment) == len(dataclasses.fields(Settings))


def test_the_database_lives_in_the_users_data_folder() -> None:
    settings = Settings.from_environment({"XDG_DATA_HOME": "/data"})
    assert settings.database_url == "sqlite:////data/today-feeling/today-feeling.db"


@pytest.mark.parametrize("value", ["0", "-1", "many", "1.5"])
def test_a_number_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(InvalidInput, match="SESSION_DAYS"):
        Settings.from_environment({"TODAY_FEELING_SESSION_DAYS": value})


@pytest.mark.parametrize("missing", ["SMTP_FROM", "PUBLIC_URL"])
def test_mail_is_set_up_wholly_or_not_at_all(missing: str) -> None:
    environment = {
        "TODAY_FEELING_SMTP_HOST": "mail.example",
        "TODAY_FEELING_SMTP_FROM": "a@a.example",
        "TODAY_FEELING_PUBLIC_URL": "https://a.example",
    }
    assert Settings.from_environment(environment).smtp_security == "starttls"
    del environment[f"TODAY_FEELING_{missing}"]
    with pytest.raises(InvalidInput, match=missing):
        Settings.from_environment(environment)


def test_mail_security_is_one_of_three() -> None:
    with pytest.raises(InvalidInput, match="starttls, tls, none"):
        Settings.from_environment({"TODAY_FEELING_SMTP_SECURITY": "ssl"})


def test_the_mail_password_is_not_shown() -> None:
    assert "hunter2" not in repr(Settings(database_url="sqlite:///x.db", smtp_password="hunter2"))
