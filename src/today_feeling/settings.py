"""One frozen value that says how this process runs. Read only by the CLI and `create_app`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast, get_args

from today_feeling.errors import InvalidInput

_PACKAGE = Path(__file__).parent

MailSecurity = Literal["starttls", "tls", "none"]


def models_directory() -> Path:
    """Models inside the installed package, or beside the sources in a checkout."""
    packaged = _PACKAGE / "models"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1] / "models"


def data_directory(environ: Mapping[str, str]) -> Path:
    """Where this user's database lives unless told otherwise (XDG base directory rules)."""
    home = environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "today-feeling"


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs. Every field has an environment variable `TODAY_FEELING_<NAME>`."""

    database_url: str
    """SQLAlchemy URL; `sqlite:///PATH` or `postgresql+psycopg://...`."""
    models_dir: Path = field(default_factory=models_directory)
    """Folder with the `.tflite` files and their cards."""
    static_dir: Path = _PACKAGE / "web" / "static"
    """The built web app."""
    allowed_hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    """Host names that the server answers to: stops DNS rebinding."""
    secure_cookies: bool = False
    """True behind HTTPS: the session cookie is then sent over HTTPS only."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks of proxies whose X-Forwarded-For says who asks; else nobody's does."""
    session_days: int = 365
    """Days that a session lives after its last use."""
    guests_per_minute: int = 300
    """New guests that one network address may become in any 60 s."""
    writes_per_minute: int = 600
    """Changing requests that one session may send in any 60 s."""
    tries_per_account: int = 10
    """Wrong passwords for one account from one address in any 15 min; ten times that from all."""
    tries_per_address: int = 60
    """Log-ins, sign-ups and password resets from one address in any 15 min."""
    public_url: str = ""
    """Where people reach the app, like `https://music.example`: links in mails begin with it."""
    youtube_url: str = "https://www.youtube.com"
    """Whom `catalogue import` and `verify` ask about videos."""
    youtube_music_url: str = "https://music.youtube.com"
    """Whom `catalogue import` asks for playlists."""
    radio_directory_url: str = "https://all.api.radio-browser.info"
    """Whom `radio update` asks for stations, and who is told that one is heard."""
    smtp_host: str = ""
    """Mail server that takes password resets; without one, none are mailed."""
    smtp_port: int = 587
    """Its port."""
    smtp_security: MailSecurity = "starttls"
    """`starttls`, `tls` from the first byte (usually port 465), or `none` on this very machine."""
    smtp_user: str = ""
    """Name to log in to it with; empty where it asks for none."""
    smtp_password: str = field(default="", repr=False)
    """And the password."""
    smtp_from: str = ""
    """Sender of the mails, like `Today Feeling <no-reply@music.example>`."""

    def __post_init__(self) -> None:
        if self.smtp_host and not (self.smtp_from and self.public_url):
            raise InvalidInput(
                "Mail needs TODAY_FEELING_SMTP_FROM and TODAY_FEELING_PUBLIC_URL"
                " beside TODAY_FEELING_SMTP_HOST."
            )
        if self.smtp_security not in get_args(MailSecurity):
            raise InvalidInput(
                f"TODAY_FEELING_SMTP_SECURITY must be one of {', '.join(get_args(MailSecurity))}."
            )

    @staticmethod
    def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
        """Read `TODAY_FEELING_*`; what is not set keeps its default.

        Lists are separated by commas. Raises `InvalidInput` where a number is none.
        """
        env = os.environ if environ is None else environ

        def get(name: str) -> str | None:
            return env.get(f"TODAY_FEELING_{name}") or None

        def number(name: str, default: int) -> int:
            text = get(name)
            if text is None:
                return default
            if not text.isdecimal() or int(text) < 1:
                raise InvalidInput(f"TODAY_FEELING_{name} must be a whole number above 0: {text!r}")
            return int(text)

        def listed(name: str) -> tuple[str, ...]:
            return tuple(part.strip() for part in (get(name) or "").split(",") if part.strip())

        default_database = f"sqlite:///{data_directory(env) / 'today-feeling.db'}"
        defaults = Settings(database_url=get("DATABASE_URL") or default_database)
        return Settings(
            database_url=defaults.database_url,
            models_dir=Path(get("MODELS_DIR") or defaults.models_dir),
            static_dir=Path(get("STATIC_DIR") or defaults.static_dir),
            allowed_hosts=listed("ALLOWED_HOSTS") or defaults.allowed_hosts,
            secure_cookies=get("SECURE_COOKIES") in {"1", "true", "yes"},
            trusted_proxies=listed("TRUSTED_PROXIES"),
            session_days=number("SESSION_DAYS", defaults.session_days),
            guests_per_minute=number("GUESTS_PER_MINUTE", defaults.guests_per_minute),
            writes_per_minute=number("WRITES_PER_MINUTE", defaults.writes_per_minute),
            tries_per_account=number("TRIES_PER_ACCOUNT", defaults.tries_per_account),
            tries_per_address=number("TRIES_PER_ADDRESS", defaults.tries_per_address),
            public_url=get("PUBLIC_URL") or "",
            youtube_url=get("YOUTUBE_URL") or defaults.youtube_url,
            youtube_music_url=get("YOUTUBE_MUSIC_URL") or defaults.youtube_music_url,
            radio_directory_url=get("RADIO_DIRECTORY_URL") or defaults.radio_directory_url,
            smtp_host=get("SMTP_HOST") or "",
            smtp_port=number("SMTP_PORT", defaults.smtp_port),
            smtp_security=cast("MailSecurity", get("SMTP_SECURITY") or defaults.smtp_security),
            smtp_user=get("SMTP_USER") or "",
            smtp_password=get("SMTP_PASSWORD") or "",
            smtp_from=get("SMTP_FROM") or "",
        )
