"""Links, and what lists say of genres."""

from __future__ import annotations

import pytest

from today_feeling.music.links import Link, parse_link
from today_feeling.music.suggest import Suggester, genre_named

ID = "aB3dE6gH9jK"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (ID, Link("video", ID)),
        (f"https://www.youtube.com/watch?v={ID}", Link("video", ID)),
        (f"https://music.youtube.com/watch?v={ID}&list=PLxxxxxxxxxx", Link("video", ID)),
        (f"youtu.be/{ID}?t=3", Link("video", ID)),
        (f"https://m.youtube.com/shorts/{ID}", Link("video", ID)),
        (f"https://www.youtube.com/embed/{ID}", Link("video", ID)),
        ("https://music.youtube.com/playlist?list=PLabcdefghij", Link("playlist", "PLabcdefghij")),
        (
            "https://music.youtube.com/playlist?list=OLAK5uy_abcdefg",
            Link("playlist", "OLAK5uy_abcdefg"),
        ),
        ("https://music.youtube.com/browse/VLPLabcdefghij", Link("playlist", "PLabcdefghij")),
        ("https://music.youtube.com/browse/MPREb_abcdefg", Link("album", "MPREb_abcdefg")),
        (
            "https://music.youtube.com/moods_and_genres_category?params=ggMPOg1uX1ZwN0pHT2NBT1Fk",
            Link("mood", "ggMPOg1uX1ZwN0pHT2NBT1Fk"),
        ),
    ],
)
def test_a_link_is_understood(text: str, link: Link) -> None:
    assert parse_link(text) == link


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "https://evil.example/watch?v=" + ID,
        "https://www.youtube.com.evil.example/watch?v=" + ID,
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/",
        "https://music.youtube.com/playlist?list=",
        "ftp://www.youtube.com/watch?v=" + ID,
        "https://[broken/watch?v=" + ID,
    ],
)
def test_anything_else_is_no_link(text: str) -> None:
    assert parse_link(text) is None


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("1", "classic"),
        ("10", "extra"),
        ("2.0", "jazz"),
        ("발라드", "ballad"),
        ("K-Pop", "idol"),
        ("기타", "extra"),
        ("polka", None),
        ("0", None),
        ("11", None),
    ],
)
def test_a_list_names_genres_by_word_or_number(text: str, genre: str | None) -> None:
    assert genre_named(text) == genre


def test_a_genre_is_suggested_by_artist_then_list_then_title() -> None:
    suggester = Suggester([("IU", "ballad"), ("IU", "ballad"), ("IU", "pop"), (None, "rock")])
    assert suggester.suggest("Jazz", "iu", listed_in="Rock")[0] == "ballad"
    assert suggester.suggest("Jazz", "Nobody, IU")[0] == "ballad"
    assert suggester.suggest("Jazz", "Nobody", listed_in="Rock hits")[0] == "rock"
    assert suggester.suggest("Night Jazz", None) == ("jazz", "the title")
    assert suggester.suggest("Night", None) == ("extra", "nothing is known")
