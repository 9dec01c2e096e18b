"""A catalogue, and an internet with lists of songs."""

from __future__ import annotations

from datetime import timedelta

from tests.conftest import FakeClock
from tests.outside import Outside
from today_feeling.domain.music import Genre
from today_feeling.services import catalogue, importing, verifying
from today_feeling.services.importing import Plan
from today_feeling.services.linked import Internet
from today_feeling.services.verifying import Verified
from today_feeling.store.catalogue import Item, Wanted
from today_feeling.store.database import Database
from today_feeling.store.videos import Counts

HEADER = "title,artist,genre,youtube_video_id\n"


PLAYLIST = "https://music.youtube.com/playlist?list=PLaaaaaaaaaa"


class World:
    """A catalogue and an internet."""

    def __init__(self, database: Database, web: Outside, clock: FakeClock) -> None:
        self.database = database
        self.web = web
        self.clock = clock
        self.internet = Internet(web.url, web.url, web.sleep)

    def plan(self, *lists: str, genre: Genre | None = None) -> Plan:
        with importing.opened(self.database, lists, genre=genre, internet=self.internet) as (
            sources,
            completer,
        ):
            return importing.plan(sources, completer)

    def bring(self, *lists: str) -> tuple[Plan, Counts]:
        with importing.opened(self.database, lists, internet=self.internet) as (sources, completer):
            return importing.write_at_once(self.database, sources, completer, self.clock())

    def verify(self, limit: int | None = None) -> Verified:
        return verifying.verify(
            self.database,
            now=self.clock(),
            older_than=timedelta(days=30),
            internet=self.internet,
            per_second=1e9,
            limit=limit,
        )

    def items(self, **wanted: str) -> dict[str, Item]:
        found = catalogue.find(self.database, Wanted(**wanted))  # type: ignore[arg-type]
        return {item.track.youtube_video_id or "": item for item in found}
