"""Mail: the server that takes it, and what is written."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from typing import Final, Literal

from today_feeling.domain.options import Language
from today_feeling.errors import MailNotSent

Security = Literal["starttls", "tls", "none"]

TIMEOUT_S: Final = 20.0

_RESET: Final[dict[Language, tuple[str, str]]] = {
    "ko": (
        "새 비밀번호 정하기",
        "안녕하세요. 오늘의 기분에서 새 비밀번호를 정하는 링크를 보내 드려요.\n"
        "\n"
        "{link}\n"
        "\n"
        "한 시간 안에 한 번만 쓸 수 있어요. 직접 요청하지 않으셨다면 이 메일을 무시하세요.\n"
        "비밀번호는 그대로예요.\n",
    ),
    "en": (
        "Choose a new password",
        "Hello! Here is the link to choose a new password for Today Feeling:\n"
        "\n"
        "{link}\n"
        "\n"
        "It works once, within an hour. If you did not ask for it, ignore this mail:\n"
        "your password stays as it is.\n",
    ),
}


@dataclass(frozen=True, slots=True)
class MailServer:
    """An SMTP server that takes our mail."""

    host: str
    port: int
    sender: str
    """`name@example.org`, or `Name <name@example.org>`."""
    user: str = ""
    """Empty: it asks for no login."""
    password: str = field(default="", repr=False)
    security: Security = "starttls"
    """`tls`: from the first byte; `none`: only for a server on this machine."""

    def send(self, to: str, subject: str, text: str) -> None:
        """Hand one mail over. Raises `MailNotSent`; the password never goes in the clear, unless
        `security` is `none`."""
        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = to
        message["Subject"] = subject
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain=parseaddr(self.sender)[1].rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text, cte="base64")
        try:
            with self._connection() as smtp:
                if self.security == "starttls":
                    smtp.starttls(context=ssl.create_default_context())
                if self.user:
                    smtp.login(self.user, self.password)
                smtp.send_message(message)
        except smtplib.SMTPResponseException as error:
            # Servers repeat addresses in their texts.
            raise MailNotSent(f"{self.host} answered {error.smtp_code}") from None
        except smtplib.SMTPRecipientsRefused as error:
            codes = ", ".join(str(code) for code, _ in error.recipients.values())
            raise MailNotSent(f"{self.host} refused the recipient: {codes}") from None
        except (smtplib.SMTPException, OSError) as error:
            raise MailNotSent(f"{self.host}:{self.port}: {type(error).__name__}") from None

    def _connection(self) -> smtplib.SMTP:
        if self.security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_S, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_S)


def reset_letter(link: str, language: Language | None) -> tuple[str, str]:
    """Subject and text of the mail with a link for a new password; in both languages, where
    the reader's is not known."""
    if language is not None:
        subject, text = _RESET[language]
        return subject, text.format(link=link)
    korean, english = _RESET["ko"], _RESET["en"]
    both = f"{korean[1]}\n\n{english[1]}"
    return f"{korean[0]} / {english[0]}", both.format(link=link)
