"""Workers that keep what was seen at once, each a process of its own: nothing is lost or twice."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from uuid import UUID

from tests.conftest import FakeClock
from today_feeling.domain.diary import READINGS
from today_feeling.domain.statistics import quarter_of
from today_feeling.store import accounts, observations
from today_feeling.store.database import Database
from today_feeling.store.schema import QuarterHourRow

WORKERS = 3
EACH = 20
"""Observations that every worker is sent, all in one quarter hour."""
TWICE = 5
"""So many of them the next worker is sent, too, as by a page that had no answer."""

WORKER = """
import sys
from datetime import datetime
from uuid import UUID
from today_feeling.domain.diary import Observation
from today_feeling.services import diary
from today_feeling.store.database import Database

url, user_id, start, first, last = sys.argv[1:]
with Database(url) as database:
    sys.stdin.readline()  # all start at once
    for number in range(int(first), int(last)):
        seen = Observation(
            UUID(int=number), datetime.fromisoformat(start), 10.0, "happiness", None, 0.2, None
        )
        diary.observe(database, int(user_id), [seen])
"""


def test_what_processes_keep_at_once_is_there_once_and_summed_up(
    database: Database, clock: FakeClock
) -> None:
    url = database.url.render_as_string(hide_password=False)
    with database.writing() as session:
        user_id = accounts.add_guest(session, clock()).id
    workers = [
        subprocess.Popen(
            [
                *(sys.executable, "-c", WORKER, url, str(user_id), clock().isoformat()),
                *(str(number * EACH), str((number + 1) * EACH + TWICE)),
            ],
            stdin=subprocess.PIPE,
            text=True,
        )
        for number in range(WORKERS)
    ]
    for worker in workers:
        assert worker.stdin
        worker.stdin.write("go\n")
        worker.stdin.close()
    assert [worker.wait(timeout=120) for worker in workers] == [0] * WORKERS

    there = WORKERS * EACH + TWICE
    with database.reading() as session:
        kept = observations.between(session, user_id, clock(), clock() + timedelta(seconds=1))
        sums = session.get_one(QuarterHourRow, (user_id, quarter_of(clock())))
        seconds = {reading: round(getattr(sums, reading), 6) for reading in READINGS}
    assert {each.id for each in kept} == {UUID(int=number) for number in range(there)}
    assert len(kept) == there
    assert seconds == {
        **dict.fromkeys(READINGS, 0),
        "happiness": 8.0 * there,
        "unsure": 2.0 * there,
    }
