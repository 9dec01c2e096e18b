from __future__ import annotations

from tests import scenarios


def test_the_page_of_scenarios_is_up_to_date() -> None:
    """`python -m tests.scenarios` renews it."""
    assert scenarios.PAGE.read_text() == scenarios.page()
