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
