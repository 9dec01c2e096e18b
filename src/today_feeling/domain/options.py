"""How the app is for a user, but for the music."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from today_feeling.domain.diary import zone
from today_feeling.errors import InvalidInput

Theme = Literal["system", "light", "dark"]
Language = Literal["ko", "en"]

MAX_RETENTION_DAYS: Final = 3650


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of a user; raises `InvalidInput` where one cannot be."""

    retention_days: int | None = None
    """The diary is kept so long, 1..3650; None is for ever."""
    theme: Theme = "system"
    language: Language | None = None
    """Of pages and mails; None is the browser's."""
    timezone: str | None = None
    """IANA name; None is the browser's."""

    def __post_init__(self) -> None:
        days = self.retention_days
        if days is not None and not 1 <= days <= MAX_RETENTION_DAYS:
            raise InvalidInput(f"retention_days must be between 1 and {MAX_RETENTION_DAYS}.")
        if self.timezone is not None:
            zone(self.timezone)
