"""What the bodies of several routes are made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Probabilities = Annotated[list[Share], Field(min_length=6, max_length=6)]
"""In the order anger, fear, happiness, neutral, sadness, surprise."""


class Body(BaseModel):
    """Sent by a client: what is not in it is refused."""

    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    code: str
