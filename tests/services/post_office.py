"""A real mail server on this machine, which keeps what it is given."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Final

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER: Final = "postman"
PASSWORD: Final = "mail-geheim"
REFUSED: Final = "refused@example.com"
SPAM: Final = "Money for nothing"


class PostOffice:
    """`letters` are what it took; it refuses mail to `REFUSED`, and about `SPAM`."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.encrypted: list[bool] = []
        self.port = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if address == REFUSED:
            return f"550 no such user {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        del server
        content = envelope.content
        assert isinstance(content, bytes)
        letter: Any = message_from_bytes(content, policy=policy.default)
        if letter["subject"] == SPAM:
            return f"554 {envelope.rcpt_tos[0]} does not want this"
        self.letters.append(letter)
        self.encrypted.append(session.ssl is not None)
        return "250 OK"


def authority_in(folder: Any, monkeypatch: Any) -> trustme.CA:
    """A certificate authority that this process trusts while the test runs."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "authority.pem"))
    return authority


@contextmanager
def open_office(
    authority: trustme.CA | None = None, *, from_the_first_byte: bool = False
) -> Iterator[PostOffice]:
    """Runs the server; with an authority it speaks TLS, and asks for `USER` and `PASSWORD`."""
    context = None
    if authority is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost").configure_cert(context)
    office = PostOffice()
    how: dict[str, Any] = {}
    if context is not None and from_the_first_byte:
        # It does not see that the whole connection is encrypted, and would ask for STARTTLS.
        how = {"ssl_context": context, "authenticator": _check, "auth_require_tls": False}
    elif context is not None:
        how = {"tls_context": context, "require_starttls": True}
        how |= {"authenticator": _check, "auth_required": True}
    with socket.create_server(("localhost", 0)) as free:
        office.port = free.getsockname()[1]
    controller = Controller(office, hostname="localhost", port=office.port, **how)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def _check(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any
) -> AuthResult:
    del server, session, envelope, mechanism
    wanted = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=given == wanted, handled=False)
