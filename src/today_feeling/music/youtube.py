"""YouTube: ids of videos, and what the player's errors mean. The player in the page plays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

STARTER_SONGS: Final = Path(__file__).with_name("songs.csv")
"""The list that comes with the release."""

PLAYER_ERRORS: Final[Mapping[str, str]] = {
    "2": "the video id is wrong",
    "5": "the player had a fault",
    "100": "the video was removed or is private",
    "101": "the owner does not allow it on other pages",
    "150": "the owner does not allow it on other pages",
    "153": "the page did not say who it is",
}
"""Codes of the IFrame player's `onError`, and what each means."""

_VIDEO_ID: Final = re.compile(r"[A-Za-z0-9_-]{11}")


def is_video_id(text: str) -> bool:
    """Whether this can be the id of a video: 11 of letters, digits, `-` and `_`."""
    return _VIDEO_ID.fullmatch(text) is not None
