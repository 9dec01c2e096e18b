"""The learned choice: Thompson sampling around the rule of the ticked genres.

Weights are drawn from what is known of them, and the song that they like best plays: songs of
which little is known get their chance as often as they may well be the best one. What the ticks
say is the prior, so who is new hears what the rule would play. One choice in twenty is the rule's
own draw, so that others can always be judged by what came of it. Every choice tells the
probability that it had.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.affect import Affect
from today_feeling.domain.music import GENRES
from today_feeling.domain.recommend.blocks import Positions
from today_feeling.domain.recommend.features import SPACE
from today_feeling.domain.recommend.hybrid import Floats, Posterior, Seen
from today_feeling.domain.recommend.near import Expectation
from today_feeling.domain.recommend.pools import Pool, Wish, pools_of
from today_feeling.domain.recommend.songs import Songs
from today_feeling.domain.recommend.space import SONG_MEAN_WEIGHT
from today_feeling.domain.recommend.standing import Standing

RANDOM_SHARE: Final = 0.05
TICK: Final = 0.3
"""What a tick is worth before anything is learned, in units of the reward."""
DRAWS: Final = 32
SHORTLIST: Final = 20
"""Of each genre so many songs are looked at closely."""
AS_GOOD: Final = 0.15
"""Songs so close in expected reward are liked alike: the goal chooses among them."""
WORDLESS: Final = 0.3
"""What it is worth, to focus, that a song has no words; the lyrics would read along."""
_SONG_VARIANCE: Final = 0.005
"""Of a song's own mean around what its features say."""


@dataclass(frozen=True)
class Knowledge:
    """What is known when songs are chosen: the same for all of one queue."""

    posterior: Posterior
    """Of the user."""
    standing: Standing
    """Of each song."""
    moment: Floats

    @cached_property
    def seen(self) -> Seen:
        """How the weights look from this moment."""
        return self.posterior.through(self.lens)

    @cached_property
    def lens(self) -> Floats:
        """See `Space.lens`."""
        return SPACE.lens(self.moment)


@dataclass(frozen=True, slots=True)
class Pick:
    """The chosen song, and what learning from it needs."""

    position: int
    """In the songs."""
    probability: float
    """With which this song was chosen, 0..1, given the weights that were drawn."""
    at_random: bool
    """Whether it was the rule's draw."""
    ticked_there: bool
    """Whether a song of a ticked genre could have been chosen."""
    prior: float
    """The part of the expected reward that is not learned."""
    x: Floats
    """Its features, [D]."""
    expected: float
    """The reward that is expected of such a song, less its own mean."""


def pick(songs: Songs, wish: Wish, known: Knowledge, rng: np.random.Generator) -> Pick:
    """Choose the next song. Raises `NothingToPlay`."""
    pools = pools_of(songs, wish)
    seen, prior = known.seen, prior_of(songs, wish)
    near, expected = expectation(pools.open, known, prior).near()
    listed = _shortlist(songs, near, expected, known, rng)
    stand = known.standing.values[listed]
    drawn = _drawn(np.column_stack([songs.features[listed], stand]), seen, rng)
    drawn += prior[songs.kind[listed]][:, None]
    best = listed[_best(songs, wish, listed, drawn)]

    random_share = 1.0 if wish.by_rule else RANDOM_SHARE
    at_random = bool(rng.random() < random_share)
    chosen = pools.draw(rng) if at_random else int(best[rng.integers(DRAWS)])
    share = np.count_nonzero(best == chosen) / DRAWS
    probability = (1 - random_share) * share + random_share * pools.chance(chosen)
    features, of_it = songs.features[chosen], known.standing.values[chosen]
    return Pick(
        position=chosen,
        probability=probability,
        at_random=at_random,
        ticked_there=pools.genres.size > 0,
        prior=float(prior[songs.kind[chosen]]),
        x=np.concatenate([features, of_it, (1.0,)]) @ known.lens,
        expected=float(
            features @ seen.mean[:-3]
            + of_it[1] * seen.mean[-2]
            + seen.mean[-1]
            + prior[songs.kind[chosen]]
        ),
    )


def expectation(pool: Pool, known: Knowledge, prior: NDArray[np.float32]) -> Expectation:
    """The reward that is expected of the songs of a pool. `prior`: see `prior_of`."""
    mean = known.seen.mean.astype(np.float32)
    return Expectation(
        pool=pool,
        of_features=mean[:-3],
        standing=known.standing,
        of_standing=mean[-3:-1],
        of_kind=np.where(pool.kinds, prior, np.float32(-np.inf)),
    )


def prior_of(songs: Songs, wish: Wish) -> NDArray[np.float32]:
    """What is known of each kind without learning, [K]."""
    ticked = np.array([genre in wish.ticked for genre in GENRES])
    prior = TICK * ticked[songs.genres] + (wish.goal == "focus") * WORDLESS * songs.wordless
    return np.asarray(prior, np.float32)


def _song_spread(popularity: NDArray[np.float32]) -> NDArray[np.float32]:
    """How far a song's own mean may be from what is known of it. `popularity`: see `Standing`."""
    opinions = np.expm1(popularity)
    return np.sqrt(_SONG_VARIANCE * SONG_MEAN_WEIGHT / (opinions + SONG_MEAN_WEIGHT))


def _shortlist(
    songs: Songs,
    near: Positions,
    expected: NDArray[np.float32],
    known: Knowledge,
    rng: np.random.Generator,
) -> Positions:
    """Of the songs that come into question some; which of equals, is drawn each time.

    At most 20 of a genre, so that a genre is not the likelier for having more songs.
    """
    if len(near) <= SHORTLIST:
        return near
    spread = _song_spread(known.standing.values[near, 1])
    perturbed = expected + spread * rng.standard_normal(len(near), np.float32)
    genre = songs.genre(near)
    of_genres = []
    for each in np.flatnonzero(np.bincount(genre)):
        of_genre = np.flatnonzero(genre == each)
        if len(of_genre) > SHORTLIST:
            of_genre = of_genre[np.argpartition(-perturbed[of_genre], SHORTLIST)[:SHORTLIST]]
        of_genres.append(near[of_genre])
    return np.concatenate(of_genres)


def _drawn(close: NDArray[np.float32], seen: Seen, rng: np.random.Generator) -> Floats:
    """Rewards of some songs as they may be, one column for each draw of the weights.

    `close`: features and standing of each.
    """
    drawn: Floats = close @ seen.draw(DRAWS, rng)[:, :-1].T
    drawn += _song_spread(close[:, -1])[:, None] * rng.standard_normal(drawn.shape)
    return drawn


def _best(songs: Songs, wish: Wish, listed: Positions, drawn: Floats) -> Positions:
    """Which of the listed songs is the choice of each draw."""
    if wish.target is None:
        return np.asarray(drawn.argmax(0), np.intp)
    distance = _distance(songs, listed, wish.target)
    # Of what is liked alike, the nearest to the target; of equally near ones, the best.
    worth = np.where(drawn >= drawn.max(0) - AS_GOOD, 1e-3 * drawn - distance[:, None], -np.inf)
    return np.asarray(worth.argmax(0), np.intp)


def _distance(songs: Songs, listed: Positions, target: Affect) -> Floats:
    """How far the songs are from the target; unknown ones are as far as the others on average."""
    valence, arousal = songs.affect[listed].T
    away = np.hypot(valence - target.valence, arousal - target.arousal)
    unknown = np.isnan(away)
    if unknown.any():
        away[unknown] = 1.0 if unknown.all() else away[~unknown].mean()
    return np.asarray(away, np.float64)
