"""Asking other servers politely: who we are, not too fast, and again later where they say so."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, Protocol, TypeVar

from today_feeling import __version__
from today_feeling.errors import SourceUnavailable

USER_AGENT: Final = f"today-feeling/{__version__}"

LONGEST_WAIT_S: Final = 60.0
"""However long a server asks for."""

TIMEOUT_S: Final = 15.0
"""For an answer to begin."""

_LATER: Final = frozenset({429, 500, 502, 503, 504})
_TRIES: Final = 5

Sleep = Callable[[float], None]


class Answer(Protocol):
    """What is asked of a response, whichever library it is of."""

    @property
    def status_code(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...


AnswerT = TypeVar("AnswerT", bound=Answer)


def patiently(
    send: Callable[[], AnswerT],
    lost: type[Exception] | tuple[type[Exception], ...],
    *,
    name: str,
    tries: int = _TRIES,
    sleep: Sleep = time.sleep,
) -> AnswerT:
    """The answer of `send`, which is tried again after 429, 5xx and the errors of `lost`.

    Waits as long as `Retry-After` says, at most `LONGEST_WAIT_S`, else about 1, 2, 4, 8 s. Raises
    `SourceUnavailable`, which names `name`, after so many `tries`.
    """
    for number in range(1, tries + 1):
        try:
            answer = send()
        except lost as error:
            if number == tries:
                raise SourceUnavailable(f"{name} cannot be reached: {_cause(error)}") from error
            wait_s = _own_wait(number)
        else:
            if answer.status_code not in _LATER:
                return answer
            if number == tries:
                break
            asked_s = retry_after_s(answer.headers.get("retry-after"), datetime.now(UTC))
            wait_s = _own_wait(number) if asked_s is None else min(asked_s, LONGEST_WAIT_S)
        sleep(wait_s)
    raise SourceUnavailable(f"{name} does not answer now (HTTP {answer.status_code}).")


def retry_after_s(text: str | None, now: datetime) -> float | None:
    """Seconds, 0 or more, that the header asks to wait; None where it says nothing sensible."""
    if text is None:
        return None
    if text.strip().isdecimal():
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())


def _own_wait(number: int) -> float:
    # Not in step with others that were sent away at the same time.
    return float(2 ** (number - 1)) * random.uniform(0.75, 1.25)  # noqa: S311


def _cause(error: Exception) -> str:
    return str(error).partition("\n")[0] or type(error).__name__
