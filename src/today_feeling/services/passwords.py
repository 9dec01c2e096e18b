"""Passwords are kept as argon2id hashes only (RFC 9106)."""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerifyMismatchError

MEMORY_KIB: Final = 46 * 1024
PASSES: Final = 1
LANES: Final = 1
"""Of OWASP's equally strong choices (Password Storage Cheat Sheet) the one with the most memory,
which is what graphics cards lack. 0.07 s of one core of a server, so a third of a second on the
smallest home server; what RFC 9106 recommends takes three times as long, or 2 GiB a login. Change
them freely: each hash names its own, and is renewed when its owner logs in."""

AT_ONCE: Final = 2
"""Hashes computed at once in a process: a rush of logins takes 92 MiB and not 1.8 GiB, and leaves
cores to those who listen. The others wait for their turn."""

_hasher: Final = PasswordHasher(
    time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES, type=Type.ID
)
_turns: Final = BoundedSemaphore(AT_ONCE)


def hash_password(password: str) -> str:
    """The hash with its parameters and a salt of its own."""
    with _turns:
        return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether it is the hash of this password.

    Without a hash it is not, which takes as long: how long a login takes must not tell whether
    there is such an account.
    """
    compared = password_hash or _nobodys_hash()
    try:
        with _turns:
            _hasher.verify(compared, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than a new one would be."""
    return _hasher.check_needs_rehash(password_hash)


@cache
def _nobodys_hash() -> str:
    return hash_password("the password of nobody")
