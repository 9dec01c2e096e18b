"""What a user likes to hear when, and how the app is for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from today_feeling.domain.music import Preferences
from today_feeling.domain.options import Options
from today_feeling.store import preferences
from today_feeling.store.database import Database


class Choices(NamedTuple):
    """Everything that a user chose."""

    preferences: Preferences
    options: Options


def get(database: Database, user_id: int) -> Choices:
    """What the user chose; the defaults, until the user does."""
    with database.reading() as session:
        return Choices(preferences.get(session, user_id), preferences.get_options(session, user_id))


def put(database: Database, user_id: int, wanted: Choices) -> None:
    """Replace all of it."""
    change(database, user_id, lambda _: wanted)


def change(database: Database, user_id: int, edit: Callable[[Choices], Choices]) -> Choices:
    """Replace what the user chose by what `edit` makes of it, with nobody in between."""
    with database.writing() as session:
        before = Choices(
            preferences.get(session, user_id), preferences.get_options(session, user_id)
        )
        after = edit(before)
        preferences.put(session, user_id, after.preferences)
        preferences.put_options(session, user_id, after.options)
    return after
