"""A few words for a browser, so that a person knows their own sessions again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_BROWSERS: Final = (
    ("KAKAOTALK", "KakaoTalk"),
    ("NAVER(", "NAVER"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Whale/", "Whale"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""The first that is found: nearly all of them also say that they are Chrome and Safari."""

_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def describe(user_agent: str | None) -> str | None:
    """Like `Firefox, Windows`; None for what we do not know. Versions are not kept."""
    text = user_agent or ""
    words = [word for word in (_first(_BROWSERS, text), _first(_SYSTEMS, text)) if word]
    return ", ".join(words) or None


def _first(signs: Sequence[tuple[str, str]], text: str) -> str | None:
    return next((name for sign, name in signs if sign in text), None)
