"""Every error that this package raises on purpose.

TodayFeelingError
├── InvalidInput            the caller's value is wrong; the message says which and how
├── SessionRequired         the caller has no session, or it has ended
├── TooManyRequests         the caller must wait `retry_after_s`
├── NotFound                no such thing for this user
├── Conflict                the request does not fit the present state
├── NothingToPlay           no playable song is left for this user
├── UnreadableMedia         a picture, video or audio file cannot be read
├── ModelDamaged            a model file is missing, or differs from the card's sha256
├── CameraUnavailable       no such camera, or it gives no frames
└── StoreUnavailable        the database cannot be reached, is locked or full
"""

from __future__ import annotations

from typing import Literal


class TodayFeelingError(Exception):
    """Base of all of them; the message is fit for a user's eyes."""


class InvalidInput(TodayFeelingError):
    """The caller's value is wrong; the message says which and how."""


class SessionRequired(TodayFeelingError):
    """The caller has no session, or it has ended."""


class TooManyRequests(TodayFeelingError):
    """The caller must wait `retry_after_s` seconds (1 or more)."""

    def __init__(self, message: str, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class NotFound(TodayFeelingError):
    """No such thing for this user."""


class Conflict(TodayFeelingError):
    """The request does not fit the present state."""


class NothingToPlay(TodayFeelingError):
    """No playable song is left for this user; `cause` says why, for programs."""

    def __init__(
        self, message: str, cause: Literal["no_tracks", "sources_unavailable", "all_failed"]
    ) -> None:
        super().__init__(message)
        self.cause = cause


class UnreadableMedia(TodayFeelingError):
    """A picture, video or audio file cannot be read."""


class ModelDamaged(TodayFeelingError):
    """A model file is missing, or differs from the sha256 in its card."""


class CameraUnavailable(TodayFeelingError):
    """No such camera, or it gives no frames."""


class StoreUnavailable(TodayFeelingError):
    """The database cannot be reached, is locked or is full."""
