"""Every error that this package raises on purpose.

TodayFeelingError
├── InvalidInput            the caller's value is wrong; the message says which and how
├── InvalidFields           values of a form are wrong; each is named with a code
├── SessionRequired         the caller has no session, or it has ended
├── OtherUser               the caller takes the session for another user's
├── WrongCredentials        no account has this id and this password
├── ResetExpired            the link for a new password is used up, too old or made up
├── UndoExpired             a deletion can no longer be undone
├── TooManyRequests         the caller must wait `retry_after_s`
├── NotFound                no such thing for this user
├── Conflict                the request does not fit the present state
├── NothingToPlay           no playable song is left for this user
├── UnreadableMedia         a picture, video, audio file or list cannot be read
├── ModelDamaged            a model file is missing, or differs from the card's sha256
├── CameraUnavailable       no such camera, or it gives no frames
├── MailNotSent             the mail server cannot be reached, or refuses
├── SourceUnavailable       a source of music elsewhere cannot be reached, or refuses
└── StoreUnavailable        the database cannot be reached, is locked or full
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple


class TodayFeelingError(Exception):
    """Base of all of them; the message is fit for a user's eyes."""


class InvalidInput(TodayFeelingError):
    """The caller's value is wrong; the message says which and how."""


class FieldProblem(NamedTuple):
    """What is wrong with one field of a form."""

    field: str
    code: str
    """For programs, in snake case: `too_short`, `taken`, ..."""
    message: str
    """For people, in English; does not repeat the value."""


class InvalidFields(TodayFeelingError):
    """Values of a form are wrong; `problems` names each of them."""

    def __init__(self, problems: Iterable[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.message for problem in self.problems))


class SessionRequired(TodayFeelingError):
    """The caller has no session, or it has ended."""


class OtherUser(TodayFeelingError):
    """The caller takes the session for another user's: whose it is changed meanwhile."""


class WrongCredentials(TodayFeelingError):
    """No account has this id and this password; it is not told which of the two is wrong."""


class ResetExpired(TodayFeelingError):
    """The link for a new password is used up, too old or made up."""


class UndoExpired(TodayFeelingError):
    """A deletion can no longer be undone, or there is none of this user with that id."""


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
        self,
        message: str,
        cause: Literal["no_tracks", "sources_unavailable", "all_failed", "all_banned"],
    ) -> None:
        super().__init__(message)
        self.cause = cause


class UnreadableMedia(TodayFeelingError):
    """A picture, video, audio file or list of songs cannot be read; `code` says why, for programs,
    where that is known."""

    def __init__(self, message: str, code: str = "unreadable") -> None:
        super().__init__(message)
        self.code = code


class ModelDamaged(TodayFeelingError):
    """A model file is missing, or differs from the sha256 in its card."""


class CameraUnavailable(TodayFeelingError):
    """No such camera, or it gives no frames."""


class MailNotSent(TodayFeelingError):
    """The mail server cannot be reached, or refuses; the message names no address."""


class SourceUnavailable(TodayFeelingError):
    """A source of music elsewhere cannot be reached, or refuses; the message holds no secret."""


class StoreUnavailable(TodayFeelingError):
    """The database cannot be reached, is locked or is full."""
