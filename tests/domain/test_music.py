from __future__ import annotations

import pytest

from today_feeling.domain.emotion import EMOTIONS
from today_feeling.domain.music import GENRES, SOURCES, Preferences
from today_feeling.errors import InvalidInput


def test_there_are_ten_genres_with_the_promised_ids() -> None:
    expected = "classic jazz pop trot idol rock ballad game hiphop extra"
    assert list(GENRES) == expected.split()


def test_a_new_user_likes_anything_from_every_source_but_radio() -> None:
    default = Preferences.default()
    assert set(default.genres) == set(EMOTIONS)
    assert not any(default.genres.values())
    assert default.sources == ("library", "subsonic", "youtube")
    assert set(SOURCES) - set(default.sources) == {"radio"}


def test_no_emotion_has_no_ticked_genres() -> None:
    genres = {**Preferences.default().genres, "anger": frozenset({"rock"})}
    preferences = Preferences(genres=genres, sources=SOURCES)  # type: ignore[arg-type]
    assert preferences.ticked(None) == frozenset()
    assert preferences.ticked("anger") == {"rock"}


@pytest.mark.parametrize("sources", [(), ("library", "library")])
def test_sources_must_be_some_and_each_once(sources: tuple[str, ...]) -> None:
    with pytest.raises(InvalidInput, match="sources"):
        Preferences(genres=Preferences.default().genres, sources=sources)  # type: ignore[arg-type]


def test_preferences_must_name_every_emotion() -> None:
    with pytest.raises(InvalidInput, match="genres"):
        Preferences(genres={"anger": frozenset()}, sources=SOURCES)
