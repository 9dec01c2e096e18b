from __future__ import annotations

import pytest

from today_feeling.domain.music import GENRES, Genre
from today_feeling.music.genres import genre_from_tag


@pytest.mark.parametrize("genre", GENRES)
def test_our_own_ids_are_understood(genre: Genre) -> None:
    assert genre_from_tag(genre) == genre


@pytest.mark.parametrize(
    ("tag", "genre"),
    [
        ("클래식", "classic"),
        ("Classical", "classic"),
        ("Modern Classical", "classic"),
        ("Baroque", "classic"),
        ("재즈", "jazz"),
        ("Vocal Jazz", "jazz"),
        ("팝", "pop"),
        ("Synth-Pop", "pop"),
        ("City Pop", "pop"),
        ("트로트", "trot"),
        ("성인가요/트로트", "trot"),
        ("아이돌", "idol"),
        ("K-Pop", "idol"),
        ("K-POP", "idol"),
        ("kpop", "idol"),
        ("Korean Pop", "idol"),
        ("케이팝", "idol"),
        ("록", "rock"),
        ("락/메탈", "rock"),
        ("Classic Rock", "rock"),
        ("Heavy Metal", "rock"),
        ("Indie Rock", "rock"),
        ("발라드", "ballad"),
        ("Korean Ballad", "ballad"),
        ("게임", "game"),
        ("Video Game Music", "game"),
        ("VGM", "game"),
        ("힙합", "hiphop"),
        ("Hip-Hop", "hiphop"),
        ("Hip Hop/Rap", "hiphop"),
        ("Trap", "hiphop"),
        ("랩/힙합", "hiphop"),
        ("기타", "extra"),
        ("Audiobook", "extra"),
        ("Therapy", "extra"),
        ("", "extra"),
        (None, "extra"),
        (" ; / ", "extra"),
        ("Soundtrack; Jazz", "jazz"),
        ("Pop/Rock", "pop"),
        ("ＪＡＺＺ", "jazz"),
        ("JAZZ\0Blues", "jazz"),
        ("\u1107\u1161\u11af\u1105\u1161\u1103\u1173", "ballad"),  # decomposed, as macOS writes
    ],
)
def test_a_tag_means_one_of_the_ten(tag: str | None, genre: str) -> None:
    assert genre_from_tag(tag) == genre
