"""Workers that learn at once, each a process of its own: nothing that was taught is lost."""

from __future__ import annotations

import subprocess
import sys

import numpy as np

from tests.conftest import FakeClock
from tests.store.world import add_track
from today_feeling.domain.recommend import Choice, Mood, Reason
from today_feeling.domain.recommend.choice import Pick
from today_feeling.domain.recommend.features import SPACE
from today_feeling.domain.recommend.hybrid import Floats
from today_feeling.domain.recommend.reward import Opinion
from today_feeling.store import accounts, plays, taste
from today_feeling.store.database import Database
from today_feeling.store.opinions import Opinions

WORKERS = 4
PEOPLE = 2
EACH = 12
"""Plays of every person; the workers share them out, so two of them often teach of one person."""

WORKER = """
import sys
from today_feeling.domain.recommend.reward import Opinion
from today_feeling.errors import StoreUnavailable
from today_feeling.store import taste
from today_feeling.store.database import Database

url, *jobs = sys.argv[1:]
with Database(url) as database:
    with database.reading() as session:
        session.connection()
    print("ready", flush=True)
    sys.stdin.readline()  # all start at once
    for job in jobs:
        user_id, recommendation_id, reward = job.split(":")
        learned = False
        while not learned:
            try:
                with database.writing() as session:
                    taste.hold(session, int(user_id))
                    said = Opinion(float(reward), 1.0)
                    taste.learn(session, int(user_id), int(recommendation_id), said)
                learned = True
            except StoreUnavailable:
                # SQLite has no queue: who writes without a pause may keep others out for long.
                if not database.is_sqlite:
                    raise
"""


def choices(database: Database, clock: FakeClock) -> list[tuple[int, int, float]]:
    """What there is to learn: person, recommendation, reward."""
    rng = np.random.default_rng(4)
    made = []
    with database.writing() as session:
        tracks = [add_track(session, number) for number in range(3)]
        for _ in range(PEOPLE):
            user = accounts.add_guest(session, clock())
            for number in range(EACH):
                reason = Reason("random", None, None)
                choice = Choice(tracks[number % 3], reason, probability=0.5)
                row = plays.add_recommendation(
                    session, user.id, Mood(None, "random"), choice, clock()
                )
                x = rng.normal(size=SPACE.size)
                taste.keep(session, user.id, {row.id: Pick(0, 0.5, False, True, 0.1, x, 0.2)})
                made.append((user.id, row.id, float(rng.choice([-1.0, 0.4, 1.0]))))
    return made


def learned(database: Database, people: set[int]) -> list[Floats]:
    each_weight = np.eye(SPACE.size)
    with database.reading() as session:
        found = [taste.posterior(session, user_id) for user_id in sorted(people)]
    return [each.through(each_weight).mean for each in found]


def test_what_processes_learn_at_once_is_what_one_learns_after_the_other(
    database: Database, clock: FakeClock
) -> None:
    url = database.url.render_as_string(hide_password=False)
    jobs = choices(database, clock)
    people = {user_id for user_id, _, _ in jobs}
    workers = [
        subprocess.Popen(
            [
                *(sys.executable, "-c", WORKER, url),
                *(":".join(map(str, job)) for job in jobs[number::WORKERS]),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(WORKERS)
    ]
    with database.reading() as session:
        held = Opinions(session)
    for worker in workers:
        assert worker.stdout
        assert worker.stdout.readline() == "ready\n"
        worker.stdout.close()
    for worker in workers:
        assert worker.stdin
        worker.stdin.write("go\n")
        worker.stdin.close()
    while any(worker.poll() is None for worker in workers):
        with database.reading() as session:
            held.renew(session)
    assert [worker.wait(timeout=120) for worker in workers] == [0] * WORKERS
    together = learned(database, people)
    with database.reading() as session:
        assert {taste.learned_from(session, user_id) for user_id in people} == {EACH}
        held.renew(session)
        ids = np.arange(10)
        np.testing.assert_array_equal(held.of(ids), Opinions(session).of(ids))
        assert held.of(ids).opinions.sum() == len(jobs)

    # Taken back and learned again by one process, in another order.
    for said in (None, 1.0):
        for user_id, recommendation_id, reward in reversed(jobs):
            with database.writing() as session:
                opinion = None if said is None else Opinion(reward, 1.0)
                taste.learn(session, user_id, recommendation_id, opinion)
        if said is None:
            assert all(np.abs(mean).max() < 1e-9 for mean in learned(database, people))
    for one, other in zip(learned(database, people), together, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-9)
