"""What was learned of the user, and what helped."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from today_feeling.domain import music
from today_feeling.domain.helps import ENOUGH, Helped
from today_feeling.domain.recommend.explain import Taste
from today_feeling.domain.recommend.leanings import Feature, Leaning


class RatedOut(BaseModel):
    genre: music.Genre
    liked: int
    heard: int


class LeaningOut(BaseModel):
    feature: Feature
    value: Annotated[str | None, Field(examples=["jazz"])]
    strength: float
    sure: float

    @staticmethod
    def of(leaning: Leaning) -> LeaningOut:
        return LeaningOut(
            feature=leaning.feature,
            value=leaning.value,
            strength=round(leaning.strength, 4),
            sure=round(leaning.sure, 3),
        )


class HelpedOut(BaseModel):
    """The last three are null where there are fewer plays than enough."""

    name: str
    plays: int
    change: float | None
    low: float | None
    high: float | None

    @staticmethod
    def of(name: str, helped: Helped) -> HelpedOut:
        change, low, high = (
            None if value is None else round(value, 4)
            for value in (helped.change, helped.low, helped.high)
        )
        return HelpedOut(name=name, plays=helped.plays, change=change, low=low, high=high)


class HelpsOut(BaseModel):
    enough: int
    genres: list[HelpedOut]
    artists: list[HelpedOut]


class TasteOut(BaseModel):
    learned_from: int
    genres: list[RatedOut]
    leanings: list[LeaningOut]
    helps: HelpsOut

    @staticmethod
    def of(taste: Taste) -> TasteOut:
        return TasteOut(
            learned_from=taste.learned_from,
            genres=[
                RatedOut(
                    genre=genre, liked=taste.rated[genre].liked, heard=taste.rated[genre].heard
                )
                for genre in music.GENRES
                if genre in taste.rated
            ],
            leanings=[LeaningOut.of(each) for each in taste.leanings],
            helps=HelpsOut(
                enough=ENOUGH,
                genres=[HelpedOut.of(name, each) for name, each in taste.genres.items()],
                artists=[HelpedOut.of(name, each) for name, each in taste.artists.items()],
            ),
        )
