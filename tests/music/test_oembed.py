"""What YouTube says of a video."""

from __future__ import annotations

import pytest

from tests.outside import Outside, Reply
from tests.youtube_outside import serve_oembed
from today_feeling.domain.music import Song
from today_feeling.errors import SourceUnavailable
from today_feeling.music.completing import Completer, Listed
from today_feeling.music.oembed import OEmbed, Told, check
from today_feeling.music.source import Place, Unchanged

ID = "aB3dE6gH9jK"


def test_what_is_there_is_not_asked_for_again(internet: Outside) -> None:
    with OEmbed(internet.url) as oembed:
        completer = Completer(oembed=oembed, there={ID})
        assert completer.complete(Listed(ID), set(), place=Place("x")) == Unchanged(ID)
        assert not internet.asked
        changed = completer.complete(Listed(ID, "T", genre="jazz"), set(), place=Place("x"))
        assert isinstance(changed, Song)


@pytest.mark.parametrize(
    ("status", "verdict"), [(401, "refused"), (403, "refused"), (404, "gone"), (400, "gone")]
)
def test_youtube_says_why_a_video_cannot_be_played(
    internet: Outside, status: int, verdict: str
) -> None:
    serve_oembed(internet, {ID: status})
    with OEmbed(internet.url) as oembed:
        assert oembed.ask(ID) == Told(verdict)  # type: ignore[arg-type]


@pytest.mark.parametrize("body", [b"<html>", {}, {"title": 3}, []])
def test_an_answer_that_is_none_is_an_error(internet: Outside, body: object) -> None:
    internet.routes["/oembed"] = lambda _: Reply(body)
    with OEmbed(internet.url) as oembed, pytest.raises(SourceUnavailable):
        oembed.ask(ID)


@pytest.mark.parametrize(
    ("title", "artist", "there", "verdict"),
    [
        ("Hello", "Adele", Told("ok", "Adele - Hello (Official Music Video)", "AdeleVEVO"), "ok"),
        (
            "봄날",
            "BTS",
            Told("ok", "BTS (방탄소년단) '봄날 (Spring Day)' Official MV", "HYBE"),
            "ok",
        ),
        ("사랑", None, Told("ok", "사랑해요", "누구"), "ok"),
        ("Déjà Vu", "X", Told("ok", "DEJA VU", "Y"), "ok"),
        ("Hello", "Adele", Told("ok", "Official Music Video", "Cooking"), "mismatch"),
        ("Hello", "Adele", Told("gone"), "gone"),
    ],
)
def test_a_title_may_be_decorated_but_not_another_one(
    title: str, artist: str | None, there: Told, verdict: str
) -> None:
    assert check(there, title, artist) == verdict
