from __future__ import annotations

import pytest

from today_feeling.domain.device import describe

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
WINDOWS = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/140.0.0.0"
ANDROID = f"Mozilla/5.0 (Linux; Android 15; SM-S936N) {WEBKIT}"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (f"{WINDOWS} Safari/537.36", "Chrome, Windows"),
        (f"{WINDOWS} Safari/537.36 Edg/140.0.0.0", "Edge, Windows"),
        (f"{WINDOWS} Whale/4.32.315.22 Safari/537.36", "Whale, Windows"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Linux",
        ),
        (f"{ANDROID} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile", "Samsung Internet, Android"),
        (f"{ANDROID} Chrome/140.0.0.0 Mobile Safari/537.36;KAKAOTALK 2510", "KakaoTalk, Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15"
            " (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15"
            " (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
            "Safari, macOS",
        ),
        ("python-httpx/0.28", None),
        ("", None),
        (None, None),
        ("<script>" * 1000, None),
    ],
)
def test_a_browser_is_known_by_a_few_words(user_agent: str | None, words: str | None) -> None:
    assert describe(user_agent) == words
