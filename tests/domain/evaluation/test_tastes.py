from __future__ import annotations

import numpy as np
import pytest

from today_feeling.domain.evaluation.replay import evaluate, standard_policies
from today_feeling.domain.evaluation.study import read_study
from today_feeling.domain.evaluation.tastes import TASTES, Taste, tastes
from today_feeling.domain.evaluation.world import World


@pytest.mark.parametrize("kind", TASTES)
def test_only_linear_tastes_are_what_a_linear_model_can_say(kind: Taste) -> None:
    world = World(seed=1, songs=300)
    draw = np.random.default_rng(2)
    shared, own = tastes(kind, world.features, world.genre, 20, draw)
    for liking in (shared, own):
        assert liking.shape == (20, 300)
        np.testing.assert_allclose((liking.mean(), liking.std()), (0, 1), atol=1e-9)
    x = np.column_stack([world.features, np.ones(300)])
    said = x @ np.linalg.lstsq(x, shared[0], rcond=None)[0]
    explained = 1 - np.var(shared[0] - said) / np.var(shared[0])
    assert explained == pytest.approx(1) if kind == "linear" else explained < 0.75
    assert (shared[0] == shared[1]).all()
    assert np.abs(np.atleast_2d(np.corrcoef(own))[0, 1:]).min() < 0.5


@pytest.mark.parametrize("kind", [kind for kind in TASTES if kind != "linear"])
def test_ours_learns_from_features_also_where_it_cannot_say_all(kind: Taste) -> None:
    listening = World(seed=3, taste=kind).listen()
    study = read_study(listening.events, listening.songs)
    policies = standard_policies(study)
    found = evaluate(study, {name: policies[name] for name in ("today_feeling", "genre_rule")})
    assert found["today_feeling"]["auc"].low > found["genre_rule"]["auc"].value
