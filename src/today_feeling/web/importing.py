"""Reads an export of ours, record by record, and names what cannot be read of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, Self, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError, model_validator

from today_feeling.domain.account import check_name
from today_feeling.domain.daylio import MOST_PROBLEMS
from today_feeling.errors import InvalidFields, InvalidInput
from today_feeling.services.transfer import Load
from today_feeling.web.schemas.diary import EntryOut, ObservationOut
from today_feeling.web.schemas.preferences import PreferencesBody
from today_feeling.web.schemas.transfer import (
    FORMAT,
    VERSION,
    BanRecord,
    OwnSongRecord,
    PlayRecord,
    RecommendationRecord,
    RowProblem,
)

_Record = TypeVar("_Record")


def read_document(document: object) -> tuple[Load, list[RowProblem]]:
    """The records of our own export, and what cannot be read of it.

    Raises `InvalidInput` where it is no export of ours, or a later one than we know, or where more
    than `MOST_PROBLEMS` rows cannot be read.
    """
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise InvalidInput(f'This is no export of ours: its "format" is not "{FORMAT}".')
    if document.get("version") != VERSION:
        raise InvalidInput(f"Only version {VERSION} of exports can be read here.")
    problems: list[RowProblem] = []
    observations = _rows(document, "observations", _OBSERVATION, problems)
    entries = _rows(document, "entries", _ENTRY, problems)
    plays = _rows(document, "plays", _PLAY, problems)
    unplayed = _rows(document, "recommendations", _RECOMMENDATION, problems)
    banned = _rows(document, "bans", _BAN, problems)
    songs = _rows(document, "songs", _SONG, problems)
    choices = _one(
        document, "preferences", lambda value: _CHOICES.validate_python(value).to_domain(), problems
    )
    name = _one(
        document, "user", lambda value: _USER.validate_python(value).checked_name(), problems
    )
    load = Load(
        choices=choices,
        name=name,
        observations=[each.to_domain() for each in observations],
        entries=[each.to_domain(each.updated_at) for each in entries],
        kept=[*(each.to_domain() for each in plays), *(each.to_domain() for each in unplayed)],
        bans=[each.to_domain() for each in banned],
        songs=[each.to_song() for each in songs],
    )
    return load, problems


class EntryRecord(EntryOut):
    """Checked here already, so that one bad row does not refuse the others."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.emotion is None and not self.note:
            raise ValueError("an entry needs an emotion or a note")
        return self


class UserRecord(BaseModel):
    """What of an account comes along: id, password and address are its server's."""

    name: str | None = None

    def checked_name(self) -> str | None:
        return None if self.name is None else check_name(self.name)


_CHOICES: Final = TypeAdapter(PreferencesBody)
_USER: Final = TypeAdapter(UserRecord)
_OBSERVATION: Final = TypeAdapter(ObservationOut)
_ENTRY: Final = TypeAdapter(EntryRecord)
_PLAY: Final = TypeAdapter(PlayRecord)
_RECOMMENDATION: Final = TypeAdapter(RecommendationRecord)
_BAN: Final = TypeAdapter(BanRecord)
_SONG: Final = TypeAdapter(OwnSongRecord)


def _one(
    document: dict[str, object],
    name: Literal["preferences", "user"],
    read: Callable[[object], _Record],
    problems: list[RowProblem],
) -> _Record | None:
    """What the document says of it; None, where it says nothing that can be read."""
    if name not in document:
        return None
    try:
        return read(document[name])
    except ValidationError as error:
        problems.append(RowProblem(row=name, message=_told(error)))
    except (InvalidInput, InvalidFields) as error:
        problems.append(RowProblem(row=name, message=str(error)))
    return None


def _rows(
    document: dict[str, object],
    name: Literal["observations", "entries", "plays", "recommendations", "bans", "songs"],
    kind: TypeAdapter[_Record],
    problems: list[RowProblem],
) -> list[_Record]:
    rows = document.get(name, [])
    if not isinstance(rows, list):
        problems.append(RowProblem(row=name, message="This is no list."))
        return []
    found = []
    for number, row in enumerate(rows):
        try:
            found.append(kind.validate_python(row, strict=False))
        except ValidationError as error:
            problems.append(RowProblem(row=f"{name}/{number}", message=_told(error)))
            if len(problems) > MOST_PROBLEMS:
                raise InvalidInput(f"More than {MOST_PROBLEMS} rows cannot be read.") from None
    return found


def _told(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else first["msg"]
