"""Diaries for the browser tests, told to the server through its own import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from tests.e2e.server import Server

ZONE = "Asia/Seoul"
"""Where the people of these tests live: the browser's time zone too."""


def moment(day: str, clock: str) -> datetime:
    """What the clock shows on that day in `ZONE`."""
    at = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock))
    return at.replace(tzinfo=ZoneInfo(ZONE))


@dataclass(slots=True)
class Diary:
    """Gathers records; `give` hands them to the person at a page."""

    observations: list[dict[str, Any]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    plays: list[dict[str, Any]] = field(default_factory=list)

    def seen(self, day: str, clock: str, emotion: str, minutes: float = 1) -> Diary:
        """Readings of 10 s, one after the other."""
        start = moment(day, clock)
        for i in range(round(minutes * 6)):
            self.observations.append(
                {
                    "id": str(uuid4()),
                    "observed_at": (start + timedelta(seconds=10 * i)).isoformat(),
                    "duration_s": 10,
                    "emotion": emotion,
                    "unsure_share": 0,
                }
            )
        return self

    def wrote(self, day: str, clock: str, emotion: str | None, note: str | None = None) -> Diary:
        at = moment(day, clock).isoformat()
        entry = {"id": str(uuid4()), "at": at, "emotion": emotion, "valence": None, "note": note}
        self.entries.append({**entry, "updated_at": at})
        return self

    def heard(
        self, day: str, clock: str, title: str, emotion: str | None = None, seconds: float = 60
    ) -> Diary:
        """A song of the user's own files, heard to its end."""
        at = moment(day, clock).isoformat()
        self.plays.append(
            {
                "recommended_at": at,
                "started_at": at,
                "track": {
                    **{"title": title, "artist": "The Testers", "genre": "jazz", "year": 2020},
                    **{"language": None, "duration_s": seconds, "source": "library"},
                    "youtube_video_id": None,
                },
                "emotion": emotion,
                "origin": "camera" if emotion else "random",
                "confidence": 0.9 if emotion else None,
                "probabilities": None,
                "reason": {
                    "code": "any_genre" if emotion else "random",
                    **{"genre": None, "instead_of": None},
                },
                "choice_probability": 0.1,
                "outcome": "finished",
                "seconds": seconds,
                "liked": None,
            }
        )
        return self

    def document(self) -> dict[str, Any]:
        return {
            "format": "today-feeling-export",
            "version": 1,
            **{"observations": self.observations, "entries": self.entries, "plays": self.plays},
        }

    def give(self, page: Page, server: Server) -> None:
        """Import everything for whom the page's cookies say it is; a new guest without any."""
        request = page.context.request
        assert request.post(f"{server.url}/api/session").ok
        # Plays are measured when they come in, so what was seen comes first.
        for name in ("observations", "entries", "plays"):
            records: list[dict[str, Any]] = getattr(self, name)
            for piece in _pieces(records, 2000):
                document = {"format": "today-feeling-export", "version": 1, name: piece}
                address = f"{server.url}/api/import?timezone={ZONE}"
                answer = request.post(address, data=document)
                assert answer.ok, answer.text()
                assert answer.json()["problems"] == []
                assert answer.json()["added"][name] == len(piece)


def _pieces(records: list[dict[str, Any]], most: int) -> Iterable[list[dict[str, Any]]]:
    return (records[i : i + most] for i in range(0, len(records), most))
