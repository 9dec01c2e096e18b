from __future__ import annotations

import dataclasses
import logging
import socket
from pathlib import Path

import pytest

from tests.conftest import FakeClock
from tests.services.post_office import (
    PASSWORD,
    REFUSED,
    SPAM,
    USER,
    PostOffice,
    authority_in,
    open_office,
)
from tests.services.test_accounts import sign_up
from today_feeling.errors import MailNotSent
from today_feeling.services import mail, preferences, resets
from today_feeling.services.mail import MailServer, Security
from today_feeling.store.database import Database

URL = "https://music.example/"


def server_at(office: PostOffice, security: Security = "starttls") -> MailServer:
    return MailServer(
        host="localhost",
        port=office.port,
        sender="오늘의 기분 <no-reply@music.example>",
        user=USER if security != "none" else "",
        password=PASSWORD,
        security=security,
    )


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_goes_out_encrypted_and_after_a_login(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: Security
) -> None:
    authority = authority_in(tmp_path, monkeypatch)
    with open_office(authority, from_the_first_byte=security == "tls") as office:
        server_at(office, security).send("jisoo@example.com", "제목", "안녕하세요\n")
    (letter,) = office.letters
    assert letter["to"] == "jisoo@example.com"
    assert letter["from"] == "오늘의 기분 <no-reply@music.example>"
    assert letter["subject"] == "제목"
    assert letter["message-id"].endswith("@music.example>")
    assert letter.get_content() == "안녕하세요\n"
    assert office.encrypted == [True] or security == "tls"


def test_a_server_on_this_machine_may_go_without() -> None:
    with open_office() as office:
        server_at(office, "none").send("jisoo@example.com", "Hello", "You\n")
    assert [letter["subject"] for letter in office.letters] == ["Hello"]
    assert office.encrypted == [False]


def test_nothing_is_sent_to_a_server_that_cannot_encrypt() -> None:
    with open_office() as office, pytest.raises(MailNotSent):
        server_at(office).send("jisoo@example.com", "Hello", "You\n")
    assert office.letters == []


def test_nothing_is_sent_to_a_server_whose_certificate_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = authority_in(tmp_path, monkeypatch)
    monkeypatch.delenv("SSL_CERT_FILE")
    with (
        open_office(authority) as office,
        pytest.raises(MailNotSent, match="SSLCertVerificationError"),
    ):
        server_at(office).send("jisoo@example.com", "Hello", "You\n")
    assert office.letters == []


def test_why_a_mail_is_not_sent_names_neither_the_address_nor_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = authority_in(tmp_path, monkeypatch)
    with open_office(authority) as office:
        server = server_at(office)
        with pytest.raises(MailNotSent, match="550") as refused:
            server.send(REFUSED, "Hello", "You\n")
        with pytest.raises(MailNotSent, match="554") as unwanted:
            server.send("jisoo@example.com", SPAM, "You\n")
        wrong = dataclasses.replace(server, password="not-geheim")
        with pytest.raises(MailNotSent, match="535") as shut_out:
            wrong.send("jisoo@example.com", "Hello", "You\n")
    with socket.create_server(("localhost", 0)) as nobody:
        gone = dataclasses.replace(server, port=nobody.getsockname()[1])
    with pytest.raises(MailNotSent, match="ConnectionRefusedError") as unreachable:
        gone.send("jisoo@example.com", "Hello", "You\n")
    for caught in (refused, unwanted, shut_out, unreachable):
        assert "@" not in str(caught.value)
        assert "geheim" not in str(caught.value)
        assert "geheim" not in repr(server)


def test_the_link_comes_in_the_language_of_the_reader() -> None:
    subject, text = mail.reset_letter("https://x.example/reset#t", "ko")
    assert ("비밀번호" in subject, "password" in subject) == (True, False)
    subject, text = mail.reset_letter("https://x.example/reset#t", "en")
    assert ("비밀번호" in text, "password" in text) == (False, True)
    subject, text = mail.reset_letter("https://x.example/reset#t", None)
    assert "비밀번호" in text
    assert text.count("https://x.example/reset#t") == 2
    assert " / " in subject


def test_a_link_goes_only_where_id_and_address_belong_together(
    database: Database, clock: FakeClock
) -> None:
    user = sign_up(database, clock).user
    preferences.change(
        database,
        user.id,
        lambda choices: choices._replace(
            options=dataclasses.replace(choices.options, language="en")
        ),
    )
    sign_up(database, clock, login_id="minho2026", email="minho@example.com")
    with open_office() as office:
        for login_id, email in (
            ("jisoo2026", "minho@example.com"),
            ("nobody2026", "jisoo@example.com"),
            ("", ""),
            ("JISOO2026", " jisoo@EXAMPLE.com "),
        ):
            resets.mail_link(
                database,
                server_at(office, "none"),
                URL,
                login_id=login_id,
                email=email,
                now=clock(),
            )
    (letter,) = office.letters
    assert letter["to"] == "Jisoo@Example.com"
    text = letter.get_content()
    assert "비밀번호" not in text
    link = next(line for line in text.splitlines() if line.startswith("https://"))
    start, _, token = link.partition("#")
    assert start == "https://music.example/reset"
    resets.redeem(database, token, "red-onion-hums", now=clock())


def test_a_mail_that_cannot_be_sent_is_logged_without_the_address(
    database: Database, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    sign_up(database, clock, email=REFUSED)
    with open_office() as office, caplog.at_level(logging.DEBUG):
        server = server_at(office, "none")
        resets.mail_link(database, server, URL, login_id="jisoo2026", email=REFUSED, now=clock())
    ours = [record for record in caplog.records if record.name.startswith("today_feeling")]
    (record,) = ours
    assert record.levelname == "ERROR"
    assert "550" in record.getMessage()
    assert "refused@" not in record.getMessage()
