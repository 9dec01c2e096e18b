"""What the user likes to hear when, and how the app is for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from today_feeling.domain import music
from today_feeling.domain.emotion import Emotion
from today_feeling.domain.options import MAX_RETENTION_DAYS, Language, Options, Theme
from today_feeling.services.preferences import Choices
from today_feeling.web.schemas.base import Body, Timezone

Genres = Annotated[list[music.Genre], Field(max_length=10)]
Sources = Annotated[list[music.SourceId], Field(max_length=len(music.SOURCES))]
PreferredSources = Annotated[Sources, Field(json_schema_extra={"minItems": 1, "uniqueItems": True})]
"""The document shows the rule; `music.Preferences` keeps it."""
Languages = Annotated[
    list[Annotated[str, Field(pattern=r"^([a-z]{2}|instrumental)$", max_length=12)]],
    Field(max_length=20),
]
RetentionDays = Annotated[int, Field(ge=1, le=MAX_RETENTION_DAYS)]


class GenresPerEmotion(Body):
    anger: Genres
    fear: Genres
    happiness: Genres
    neutral: Genres
    sadness: Genres
    surprise: Genres

    @staticmethod
    def of(genres: Mapping[Emotion, frozenset[music.Genre]]) -> GenresPerEmotion:
        ticked = {emotion: sorted(each, key=music.GENRES.index) for emotion, each in genres.items()}
        return GenresPerEmotion(**ticked)

    def to_domain(self) -> Mapping[Emotion, frozenset[music.Genre]]:
        return {
            "anger": frozenset(self.anger),
            "fear": frozenset(self.fear),
            "happiness": frozenset(self.happiness),
            "neutral": frozenset(self.neutral),
            "sadness": frozenset(self.sadness),
            "surprise": frozenset(self.surprise),
        }


class PreferencesBody(Body):
    genres: GenresPerEmotion
    sources: PreferredSources
    explicit: bool = False
    languages: Languages = Field(default=[])
    retention_days: RetentionDays | None = None
    theme: Theme = "system"
    language: Language | None = None
    timezone: Timezone | None = None

    @staticmethod
    def of(choices: Choices) -> PreferencesBody:
        preferences, options = choices
        return PreferencesBody(
            genres=GenresPerEmotion.of(preferences.genres),
            sources=list(preferences.sources),
            explicit=preferences.explicit,
            languages=list(preferences.languages),
            retention_days=options.retention_days,
            theme=options.theme,
            language=options.language,
            timezone=options.timezone,
        )

    def to_domain(self) -> Choices:
        return Choices(
            music.Preferences(
                genres=self.genres.to_domain(),
                sources=tuple(self.sources),
                explicit=self.explicit,
                languages=tuple(self.languages),
            ),
            Options(self.retention_days, self.theme, self.language, self.timezone),
        )


class PreferencesChange(Body):
    """What is left out stays as it is; factories keep the unused defaults out of the document."""

    genres: GenresPerEmotion | None = None
    sources: PreferredSources = Field(default_factory=list)
    explicit: bool = Field(default_factory=bool)
    languages: Languages = Field(default_factory=list)
    retention_days: RetentionDays | None = None
    theme: Theme = Field(default_factory=lambda: "system")
    language: Language | None = None
    timezone: Timezone | None = None

    def edit(self, before: Choices) -> Choices:
        """What the user had chosen, changed by this."""
        body = PreferencesBody.of(before)
        given = {name: getattr(self, name) for name in self.model_fields_set}
        if given.get("genres", ...) is None:
            del given["genres"]
        return body.model_copy(update=given).to_domain()
