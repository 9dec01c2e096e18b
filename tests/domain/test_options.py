from __future__ import annotations

import pytest

from today_feeling.domain.options import Options
from today_feeling.errors import InvalidInput


def test_options_start_with_what_the_browser_says() -> None:
    assert Options() == Options(None, "system", None, None)
    assert Options(3650, "dark", "ko", "Asia/Seoul").timezone == "Asia/Seoul"


@pytest.mark.parametrize("days", [0, -1, 3651])
def test_the_diary_is_kept_a_day_to_ten_years_or_for_ever(days: int) -> None:
    with pytest.raises(InvalidInput, match="retention_days"):
        Options(retention_days=days)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd"])
def test_a_time_zone_that_there_is_not(name: str) -> None:
    with pytest.raises(InvalidInput, match="time zone"):
        Options(timezone=name)
