"""What the bodies of several routes are made of."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from today_feeling.domain.diary import in_our_time


def _writable(text: str) -> str:
    if "\0" in text:
        raise ValueError("must not hold the character NUL, which no database keeps")
    return text


Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Probabilities = Annotated[list[Share], Field(min_length=6, max_length=6)]
"""In the order anger, fear, happiness, neutral, sadness, surprise."""
Instant = Annotated[AwareDatetime, AfterValidator(in_our_time)]
Valence = Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)]
Writable = AfterValidator(_writable)
"""For any text that is kept."""
Timezone = Annotated[str, Field(max_length=64, examples=["Asia/Seoul"])]


class Body(BaseModel):
    """Sent by a client: what is not in it is refused."""

    model_config = ConfigDict(extra="forbid")


class FieldProblem(BaseModel):
    """What is wrong with one value."""

    field: str = Field(examples=["body.emotion"])
    code: str = Field(examples=["missing"])
    """A word for programs; those of forms are in docs/api.md, the others are pydantic's."""
    message: str


class Problem(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    """Stable, in snake case."""
    errors: list[FieldProblem] = Field(default_factory=list)
    """With `invalid_input`."""
    cause: Literal["no_tracks", "sources_unavailable", "all_failed", "all_banned"] = Field(
        default_factory=lambda: "no_tracks"
    )
    """With `nothing_to_play`."""
