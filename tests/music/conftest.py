"""`internet`  where the music is that is elsewhere"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.outside import Outside, outside


@pytest.fixture
def internet() -> Iterator[Outside]:
    with outside() as world:
        yield world
