"""Is the server there?"""

from __future__ import annotations

from fastapi import APIRouter

from today_feeling import __version__
from today_feeling.web.schemas.account import HealthOut

router = APIRouter(tags=["health"])


@router.get("/health")
def health() -> HealthOut:
    """The server runs; it says nothing about the database."""
    return HealthOut(version=__version__)
