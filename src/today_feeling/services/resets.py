"""A new password for someone who forgot the old one: a link that works once, for an hour."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from today_feeling.domain.account import check_password, fold_login_id
from today_feeling.domain.options import Language
from today_feeling.errors import MailNotSent, NotFound, ResetExpired, StoreUnavailable
from today_feeling.services import mail, passwords
from today_feeling.services.sessions import new_token, token_hash
from today_feeling.store import accounts, password_resets, preferences
from today_feeling.store.database import Database

LIFE: Final = timedelta(hours=1)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Letter:
    address: str
    language: Language | None
    token: str = field(repr=False)


def link(public_url: str, token: str) -> str:
    """The page for a new password. What follows `#` reaches no server and no log."""
    return f"{public_url.rstrip('/')}/reset#{token}"


def issue(database: Database, login_id: str, *, now: datetime) -> str:
    """A token for the account, for the operator to hand over. Raises `NotFound`."""
    with database.writing() as session:
        found = accounts.credentials(session, fold_login_id(login_id))
        if found is None:
            raise NotFound(f"There is no account {login_id}.")
        token, hashed = new_token()
        password_resets.add(session, found.user_id, hashed, now + LIFE)
    return token


def mail_link(
    database: Database,
    server: mail.MailServer,
    public_url: str,
    *,
    login_id: str,
    email: str,
    now: datetime,
) -> None:
    """Send a link where the id and the address belong together; raises nothing, and tells nobody.

    Run it after the answer: how long it takes would tell.
    """
    try:
        letter = _letter(database, login_id, email, now)
        if letter is not None:
            url = link(public_url, letter.token)
            server.send(letter.address, *mail.reset_letter(url, letter.language))
    except (MailNotSent, StoreUnavailable) as error:
        _log.error("A link for a new password could not be sent: %s", error)


def redeem(database: Database, token: str, password: str, *, now: datetime) -> None:
    """Set the new password: the link is used up, and every session of the user ends.

    Raises `ResetExpired`; and `InvalidFields` for a password that may not be chosen, after which
    the link still works.
    """
    hashed = token_hash(token)
    with database.reading() as session:
        found = password_resets.find(session, hashed, now)
    if found is None:
        raise ResetExpired("This link is used up or too old: ask for a new one.")
    new_hash = passwords.hash_password(check_password(password, found.login_id))
    with database.writing() as session:
        if not (
            password_resets.take(session, hashed, now)
            and accounts.change_password_hash(
                session, found.user_id, old=found.password_hash, new=new_hash
            )
        ):
            raise ResetExpired("This link has just been used.")
        password_resets.drop_of(session, found.user_id)
        accounts.end_sessions(session, found.user_id)


def _letter(database: Database, login_id: str, email: str, now: datetime) -> _Letter | None:
    with database.writing() as session:
        password_resets.drop_expired(session, now)
        found = accounts.credentials(session, fold_login_id(login_id))
        user = accounts.get(session, found.user_id) if found else None
        if user is None or user.email is None or user.email.lower() != email.strip().lower():
            return None
        token, hashed = new_token()
        password_resets.add(session, user.id, hashed, now + LIFE)
        language = preferences.get_options(session, user.id).language
    return _Letter(user.email, language, token)
