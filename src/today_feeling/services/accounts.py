"""Accounts: a guest signs up and keeps everything; names, passwords, and the end of it all."""

from __future__ import annotations

from today_feeling.domain import account
from today_feeling.domain.account import SignUp, fold_password, wrong
from today_feeling.errors import Conflict
from today_feeling.services import passwords, retention
from today_feeling.services.sessions import Entry, new_token
from today_feeling.store import accounts, forgetting, merge, password_resets
from today_feeling.store.accounts import LiveSession, User
from today_feeling.store.database import Database


def sign_up(database: Database, live: LiveSession, form: SignUp) -> Entry:
    """The guest of this session becomes an account; the session gets a new token.

    Raises `InvalidFields` where another account has the id, `Conflict` where this is no guest.
    """
    if not live.user.guest:
        raise Conflict("This is an account already: log out first.")
    with database.reading() as session:
        if accounts.credentials(session, form.login_id) is not None:
            raise accounts.taken()
    password_hash = passwords.hash_password(form.password)
    token, hashed = new_token()
    with database.writing() as session:
        user = accounts.make_account(
            session,
            live.user.id,
            login_id=form.login_id,
            password_hash=password_hash,
            name=form.name,
            email=form.email,
        )
        if user is None:
            raise Conflict("This is an account already: log out first.")
        accounts.change_token(session, live.id, hashed)
    return Entry(user, token)


def has_diary(database: Database, user_id: int) -> bool:
    """Whether there is something that a guest would miss after logging in."""
    with database.reading() as session:
        return merge.has_diary(session, user_id)


def change_profile(
    database: Database, user: User, *, name: str | None, email: str | None, password: str | None
) -> User:
    """Replace the name, or with the password the address; what is None stays.

    Links for a new password that went to the old address are worth nothing any more.
    Raises `InvalidFields`, and `Conflict` for a guest.
    """
    name = None if name is None else account.check_name(name)
    email = None if email is None else account.check_email(email)
    _login_id(user)
    if email is not None:
        _check_own(database, user, password, "password")
    with database.writing() as session:
        if email is not None:
            password_resets.drop_of(session, user.id)
        return accounts.change_profile(session, user.id, name=name, email=email)


def change_password(database: Database, live: LiveSession, *, current: str, new: str) -> None:
    """Replace the password; every other session ends, and links for a new one do too.

    Raises `InvalidFields`, and `Conflict` for a guest.
    """
    wanted = account.check_password(new, _login_id(live.user), "new")
    old_hash = _check_own(database, live.user, current, "current")
    new_hash = passwords.hash_password(wanted)
    with database.writing() as session:
        if not accounts.change_password_hash(session, live.user.id, old=old_hash, new=new_hash):
            raise wrong("current", "wrong_password", "The password has just been changed.")
        accounts.end_sessions(session, live.user.id, but=live.id)
        password_resets.drop_of(session, live.user.id)


def delete(database: Database, user: User, password: str | None) -> None:
    """Forget the user with everything, for good; a guest needs no password.

    Nobody can log in from the first moment. What is left where the server stops halfway goes when
    it starts again. Raises `InvalidFields` where it is wrong.
    """
    if not user.guest:
        _check_own(database, user, password, "password")
    with database.writing() as session:
        forgetting.close(session, user.id)
    retention.forget(database, user.id)


def _login_id(user: User) -> str:
    if user.login_id is None:
        raise Conflict("A guest has no account: sign up first.")
    return user.login_id


def _check_own(database: Database, user: User, password: str | None, field: str) -> str:
    """The hash of the user's password, which this must be."""
    if not password:
        raise wrong(field, "required", "The password is missing.")
    with database.reading() as session:
        found = accounts.credentials(session, _login_id(user))
    if found is None or not passwords.matches(found.password_hash, fold_password(password)):
        raise wrong(field, "wrong_password", "This is not the password.")
    return found.password_hash
