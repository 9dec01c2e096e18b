"""Who is there."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, Field

from today_feeling.domain import account
from today_feeling.store.accounts import LiveSession, User
from today_feeling.web.schemas.base import Body

_MOST_CHARACTERS: Final = 512
"""Of any field of a form. Whether it is right says `domain.account`, in codes that the page
understands; the document shows its rules, and here is only an end."""


def _shown(bounds: tuple[int, int]) -> dict[str, Any]:
    return {"minLength": bounds[0], "maxLength": bounds[1]}


AnyText = Annotated[str, Field(max_length=_MOST_CHARACTERS)]

LoginId = Annotated[
    str,
    Field(
        max_length=_MOST_CHARACTERS,
        description="Letters A-Z and digits; capitals do not count.",
        examples=["jisoo2026"],
        json_schema_extra=_shown(account.LOGIN_ID_LENGTH) | {"pattern": "^[A-Za-z0-9]+$"},
    ),
]
Password = Annotated[
    str,
    Field(
        max_length=_MOST_CHARACTERS,
        description="None of the commonest, and without the id.",
        examples=["blue-tomato-sings"],
        json_schema_extra=_shown(account.PASSWORD_LENGTH) | {"format": "password"},
    ),
]
Name = Annotated[
    str,
    Field(
        max_length=_MOST_CHARACTERS,
        description="In any script.",
        examples=["김지수"],
        json_schema_extra=_shown(account.NAME_LENGTH),
    ),
]
Email = Annotated[
    str,
    Field(
        max_length=_MOST_CHARACTERS,
        examples=["jisoo@example.com"],
        json_schema_extra=_shown((6, account.MAX_EMAIL_LENGTH)) | {"format": "email"},
    ),
]


class HealthOut(BaseModel):
    status: Literal["ok"] = "ok"
    version: str


class FeaturesOut(BaseModel):
    password_reset_by_mail: bool


class Nothing(BaseModel):
    """`{}`"""


class UserOut(BaseModel):
    id: int
    guest: bool
    created_at: datetime
    login_id: str | None
    name: str | None
    email: str | None

    @staticmethod
    def of(user: User) -> UserOut:
        return UserOut(
            id=user.id,
            guest=user.guest,
            created_at=user.created_at,
            login_id=user.login_id,
            name=user.name,
            email=user.email,
        )


class SessionOut(BaseModel):
    user: UserOut

    @staticmethod
    def of(user: User) -> SessionOut:
        return SessionOut(user=UserOut.of(user))


class AccountOut(BaseModel):
    user: UserOut
    has_password: bool
    has_data: bool

    @staticmethod
    def about(user: User, *, has_data: bool) -> AccountOut:
        return AccountOut(user=UserOut.of(user), has_password=not user.guest, has_data=has_data)


class SignUpIn(Body):
    login_id: LoginId
    password: Password
    name: Name
    email: Email

    def to_domain(self) -> account.SignUp:
        return account.SignUp.checked(
            login_id=self.login_id, password=self.password, name=self.name, email=self.email
        )


class LoginIn(Body):
    login_id: AnyText
    password: AnyText
    remember: bool = False
    bring_guest_data: bool = False


class LoginOut(BaseModel):
    user: UserOut
    guest_data: Literal["kept", "none"]


class LogoutIn(Body):
    everywhere: bool = False


class ProfileChange(Body):
    """What is left out, or null, stays as it is."""

    name: Name | None = None
    email: Email | None = None
    password: AnyText | None = None


class PasswordIn(Body):
    current: AnyText
    new: Password


class AccountEnd(Body):
    password: AnyText | None = None


class OneSession(BaseModel):
    id: int
    created_at: datetime
    last_seen_at: datetime
    device: str | None
    current: bool

    @staticmethod
    def of(live: LiveSession, *, current: bool) -> OneSession:
        return OneSession(
            id=live.id,
            created_at=live.created_at,
            last_seen_at=live.last_used_at,
            device=live.device,
            current=current,
        )


class ResetRequest(Body):
    login_id: AnyText
    email: AnyText


class ResetIn(Body):
    token: AnyText
    password: Password
