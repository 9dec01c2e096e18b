from __future__ import annotations

import numpy as np
import pytest

from today_feeling.domain.evaluation.policies import Constant, TodayFeeling
from today_feeling.domain.evaluation.replay import evaluate, standard_policies
from today_feeling.domain.evaluation.study import Event, Study, read_study
from today_feeling.domain.evaluation.world import Listening, World
from today_feeling.domain.recommend.hybrid import Floats
from today_feeling.errors import InvalidInput


def study_of(listening: Listening) -> Study:
    return read_study(listening.events, listening.songs)


class Known:
    """Scores by the true liking, which no real policy has."""

    def __init__(self, liking: Floats) -> None:
        self._liking = liking

    def scores(self, event: Event, songs: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Floats:
        liking: Floats = self._liking[event.user, songs]
        return liking

    def learn(self, event: Event) -> None:
        pass


def test_the_estimator_finds_the_known_answer() -> None:
    world = World(seed=11, people=12, songs=40)
    study = study_of(world.listen(first=0, later=150, random_share=1.0))
    # Users and songs are numbered as they come; the world numbers them by itself.
    people = [int(name.split()[1]) for name in dict.fromkeys(e["user"] for e in world.last.events)]
    known = Known(world.liking[people])
    found = evaluate(study, {"known": known, "random": Constant()})
    rng = np.random.default_rng(1)
    ratings, lifts, chance = [], [], []
    for _ in range(10_000):
        person, mood = int(rng.integers(12)), world.mood()
        offered = rng.integers(40, size=5)
        best = int(offered[np.argmax(world.liking[person, offered])])
        rating, after = world.rate(person, best, mood)
        ratings.append(rating)
        lifts.append(after - mood[0])
        chance.append(world.rate(person, int(offered[0]), mood)[0])
    assert found["known"]["best_of_five_rating"].value == pytest.approx(np.mean(ratings), abs=0.05)
    liked = np.mean(np.array(ratings) >= 4)
    assert found["known"]["best_of_five_like"].value == pytest.approx(liked, abs=0.025)
    assert found["known"]["mood_lift"].value == pytest.approx(np.mean(lifts), abs=0.015)
    assert found["random"]["best_of_five_rating"].value == pytest.approx(np.mean(chance), abs=0.04)


def test_a_random_choice_is_worth_exactly_the_mean() -> None:
    study = study_of(World(seed=1, people=5, songs=30).listen(later=20))
    found = evaluate(study, {"random": Constant()})["random"]
    shown = [event.rating for event in study.events if event.random]
    assert (found["auc"].value, found["gauc"].value) == (0.5, 0.5)
    assert found["best_of_five_rating"].value == pytest.approx(np.mean(shown))
    assert found["best_of_five_like"].value == pytest.approx(np.mean(np.array(shown) >= 4))


class Spy:
    """Notes what it is asked and told."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Event]] = []

    def scores(self, event: Event, songs: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Floats:
        self.asked.append(("score", event))
        return np.zeros(len(songs))

    def learn(self, event: Event) -> None:
        self.asked.append(("learn", event))


def test_every_choice_is_scored_before_its_event_is_learned() -> None:
    study = study_of(World(seed=1, people=5, songs=30).listen(later=20))
    spy = Spy()
    evaluate(study, {"spy": spy})
    told = [
        (what, event)
        for event in study.events
        for what in (("score", "learn") if event.random else ("learn",))
    ]
    assert len(spy.asked) == len(told)
    assert all(
        what == should and event is of
        for (what, event), (should, of) in zip(spy.asked, told, strict=True)
    )


def test_of_a_rule_of_genres_nothing_is_said_where_songs_name_none() -> None:
    listening = World(seed=1, people=5, songs=30).listen(later=20)
    songs = [{name: row[name] for name in row if name != "genre"} for row in listening.songs]
    study = read_study(listening.events, songs)
    found = evaluate(study, standard_policies(study))
    assert all(np.isnan(figure).all() for figure in found["genre_rule"].values())
    assert found["today_feeling"]["auc"].value > 0.5


def test_nobody_learns_from_what_has_not_happened_yet() -> None:
    listening = World(seed=2, people=5, songs=30).listen(later=20)
    half = len(listening.events) // 2
    changed = [
        row if number < half else {**row, "rating": "1", "valence_after": "0"}
        for number, row in enumerate(listening.events)
    ]

    def heard(rows: list[dict[str, str]]) -> dict[str, list[list[float]]]:
        study = read_study(rows, listening.songs)
        seen: dict[str, list[list[float]]] = {}
        for name, policy in standard_policies(study).items():
            assert policy is not None
            seen[name] = []
            for event in study.events[: half + 1]:
                seen[name].append(policy.scores(event, np.arange(30)).tolist())
                policy.learn(event)
        return seen

    assert heard(listening.events) == heard(changed)


def test_ours_beats_the_baselines_where_there_is_something_to_learn() -> None:
    study = study_of(World(seed=3).listen())
    found = evaluate(study, standard_policies(study))
    assert list(found) == ["today_feeling", "random", "popularity", "genre_rule", "item_mean"]
    for name in ("auc", "gauc", "best_of_five_rating", "best_of_five_like"):
        best = max(found[other][name].value for other in list(found)[1:])
        assert found["today_feeling"][name].value > best, name


def test_intervals_hold_their_figure_and_narrow_with_more_people() -> None:
    def width(people: int) -> float:
        study = study_of(World(seed=4, people=people, songs=60).listen(later=20))
        auc = evaluate(study, {"ours": TodayFeeling(study)})["ours"]["auc"]
        assert auc.low < auc.value < auc.high
        return auc.high - auc.low

    assert width(25) < width(5)


def test_without_random_events_nothing_can_be_said() -> None:
    listening = World(seed=5, people=3, songs=10).listen(random_share=0.0)
    study = study_of(listening)
    with pytest.raises(InvalidInput, match="random"):
        evaluate(study, standard_policies(study))
