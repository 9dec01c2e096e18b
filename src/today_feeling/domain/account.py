"""What an account is made of, and what a person may choose for it.

The page checks the same rules; here they are enforced. Each check returns the value as it is
kept, or raises `InvalidFields`, whose codes the API page lists.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, Literal

from today_feeling.errors import FieldProblem, InvalidFields

FieldCode = Literal[
    "required",
    "too_short",
    "too_long",
    "letters_and_digits_only",
    "taken",
    "too_common",
    "contains_id",
    "not_an_email",
    "wrong_password",
]

LOGIN_ID_LENGTH: Final = (8, 15)
PASSWORD_LENGTH: Final = (8, 128)
NAME_LENGTH: Final = (1, 50)
MAX_EMAIL_LENGTH: Final = 254

_COMMON_PASSWORDS: Final = Path(__file__).with_name("common_passwords.txt")

_KOREAN_ON_LATIN_KEYS: Final = frozenset(
    {
        "todayfeeling",
        "qlalfqjsgh",  # 비밀번호, password
        "dkssudgktpdy",  # 안녕하세요, hello
        "tkfkdgody",  # 사랑해요, I love you
        "tkfkdgkqslek",  # 사랑합니다, the same, politely
        "eogksalsrnr",  # 대한민국, Korea
        "rkskekfkak",  # 가나다라마, the alphabet
    }
)
"""What the list, which is of English speakers, does not have; and the name of this app."""

_FEWEST_DIFFERENT: Final = 4
"""A password of fewer different characters is `aaaaaaaa` or `12121212`."""

_EMAIL: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"
)
"""As browsers check `<input type=email>` (HTML Standard), but with a dot in the domain."""


@dataclass(frozen=True, slots=True)
class SignUp:
    """A form whose every field is right, as it is kept."""

    login_id: str
    password: str = field(repr=False)
    name: str
    email: str

    @staticmethod
    def checked(*, login_id: str, password: str, name: str, email: str) -> SignUp:
        """Raises `InvalidFields`, which names every field that is wrong."""
        problems: list[FieldProblem] = []

        def value(check: Callable[[], str]) -> str:
            try:
                return check()
            except InvalidFields as wrong:
                problems.extend(wrong.problems)
                return ""

        form = SignUp(
            login_id=value(lambda: check_login_id(login_id)),
            password=value(lambda: check_password(password, login_id)),
            name=value(lambda: check_name(name)),
            email=value(lambda: check_email(email)),
        )
        if problems:
            raise InvalidFields(problems)
        return form


def wrong(field: str, code: FieldCode, message: str) -> InvalidFields:
    """The error for one wrong field."""
    return InvalidFields([FieldProblem(field, code, message)])


def fold_login_id(text: str) -> str:
    """The id as it is kept and looked up: capitals do not count."""
    return text.strip().lower()


def fold_password(text: str) -> str:
    """The password as it is hashed: NFKC (NIST SP 800-63B, 3.1.1.2), so that every keyboard,
    and every input method that writes 한글 or wide letters, gives the same bytes."""
    return unicodedata.normalize("NFKC", text)


def is_login_id(text: str) -> bool:
    """Whether there can be an account with this id; others need not be looked up."""
    fewest, most = LOGIN_ID_LENGTH
    return text.isascii() and text.isalnum() and fewest <= len(text) <= most


def check_login_id(text: str) -> str:
    """8-15 letters A-Z and digits; lower-cased."""
    login_id = fold_login_id(text)
    _check_length("login_id", login_id, LOGIN_ID_LENGTH)
    if not is_login_id(login_id):
        raise wrong("login_id", "letters_and_digits_only", "The id is of letters A-Z and digits.")
    return login_id


def check_password(text: str, login_id: str, field: str = "password") -> str:
    """8-128 characters, none of the commonest, and without the id; NFKC."""
    password = fold_password(text)
    _check_length(field, password, PASSWORD_LENGTH)
    folded, folded_id = password.casefold(), fold_login_id(login_id)
    if (
        folded in _common_passwords()
        or folded in _KOREAN_ON_LATIN_KEYS
        or len(set(folded)) < _FEWEST_DIFFERENT
    ):
        raise wrong(field, "too_common", "This password is one of the first that others try.")
    if is_login_id(folded_id) and folded_id in folded:
        raise wrong(field, "contains_id", "The id must not be part of the password.")
    return password


def check_name(text: str) -> str:
    """1-50 characters in any script; NFC, without control characters and idle blanks."""
    visible = "".join(" " if _is_control(character) else character for character in text)
    name = unicodedata.normalize("NFC", " ".join(visible.split()))
    _check_length("name", name, NAME_LENGTH)
    return name


def check_email(text: str) -> str:
    """An address of at most 254 characters; its capitals are kept."""
    email = text.strip()
    if not email:
        raise wrong("email", "required", "The e-mail address is missing.")
    if len(email) > MAX_EMAIL_LENGTH:
        raise wrong("email", "too_long", f"At most {MAX_EMAIL_LENGTH} characters.")
    if not _EMAIL.fullmatch(email):
        raise wrong("email", "not_an_email", "This is not an e-mail address.")
    return email


def _check_length(field: str, text: str, bounds: tuple[int, int]) -> None:
    fewest, most = bounds
    if not text:
        raise wrong(field, "required", f"The {field} is missing.")
    if len(text) < fewest:
        raise wrong(field, "too_short", f"At least {fewest} characters.")
    if len(text) > most:
        raise wrong(field, "too_long", f"At most {most} characters.")


def _is_control(character: str) -> bool:
    """What is no writing: controls, line breaks, half a surrogate pair, turned direction.

    Joiners (U+200C, U+200D) are: some scripts and emoji need them.
    """
    if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}:
        return True
    return "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069"


@cache
def _common_passwords() -> frozenset[str]:
    _, _, words = _COMMON_PASSWORDS.read_text(encoding="utf-8").partition("----------\n")
    return frozenset(words.split())
