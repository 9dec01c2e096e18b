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
from today_feeling.domain.recommend.hybrid import Floats, Posterior, Seen
from today_feeling.domain.recommend.pools import Wish, pools_of
from today_feeling.domain.recommend.songs import SPACE, Songs
from today_feeling.domain.recommend.space import SONG_MEAN_WEIGHT, standing

RANDOM_SHARE: Final = 0.05
TICK: Final = 0.3
"""What a tick is worth before anything is learned, in units of the reward."""
MARGIN: Final = 0.25
"""Less than a tick: what is so much worse than the best is not tried, unless the best is bad."""
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
    surprise: Floats
    """Of each song, see `standing`, [N]."""
    opinions: Floats
    """Of each song, [N]."""
    moment: Floats

    @cached_property
    def seen(self) -> Seen:
        """How the weights look from this moment."""
        return self.posterior.through(self.lens)

    @cached_property
    def lens(self) -> Floats:
        """See `Space.lens`."""
        return SPACE.lens(self.moment)

    @cached_property
    def standing(self) -> NDArray[np.float32]:
        """See `standing`, [N, 2]."""
        return standing(self.surprise, self.opinions).astype(np.float32)


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
    prior = _prior(songs, wish)
    stand, seen = known.standing, known.seen
    of_song, of_stand = seen.mean[:-3].astype(np.float32), seen.mean[-3:-1].astype(np.float32)
    expected = songs.features @ of_song + stand @ of_stand + prior
    expected[~pools.open] = -np.inf
    listed = _shortlist(songs, expected, known, rng)
    close = np.column_stack([songs.features[listed], stand[listed]])
    drawn = _drawn(close, known.opinions[listed], seen, rng) + prior[listed][:, None]
    best = listed[_best(songs, wish, listed, drawn)]

    random_share = 1.0 if wish.by_rule else RANDOM_SHARE
    at_random = bool(rng.random() < random_share)
    chosen = int(rng.choice(pools.rule) if at_random else best[rng.integers(DRAWS)])
    if at_random and pools.genres.size:
        of_genre = pools.rule[songs.genre[pools.rule] == rng.choice(pools.genres)]
        chosen = int(rng.choice(of_genre))
    share = np.count_nonzero(best == chosen) / DRAWS
    probability = (1 - random_share) * share + random_share * pools.chance(songs, chosen)
    x = np.concatenate([songs.features[chosen], stand[chosen], (1.0,)]) @ known.lens
    return Pick(
        position=chosen,
        probability=probability,
        at_random=at_random,
        ticked_there=pools.genres.size > 0,
        prior=float(prior[chosen]),
        x=x,
        expected=float(
            songs.features[chosen] @ seen.mean[:-3]
            + stand[chosen, 1] * seen.mean[-2]
            + seen.mean[-1]
            + prior[chosen]
        ),
    )


def _prior(songs: Songs, wish: Wish) -> NDArray[np.float32]:
    of_genre = np.array([TICK * (genre in wish.ticked) for genre in GENRES], np.float32)
    prior: NDArray[np.float32] = of_genre[songs.genre]
    if wish.goal == "focus":
        prior += np.float32(WORDLESS) * songs.instrumental
    return prior


def _song_spread(opinions: Floats) -> Floats:
    spread: Floats = np.sqrt(_SONG_VARIANCE * SONG_MEAN_WEIGHT / (opinions + SONG_MEAN_WEIGHT))
    return spread


def _shortlist(
    songs: Songs, expected: NDArray[np.float32], known: Knowledge, rng: np.random.Generator
) -> NDArray[np.intp]:
    """The songs that may well be the best; which of equals, is drawn each time.

    At most 20 of a genre, so that a genre is not the likelier for having more songs.
    """
    best = float(expected.max())
    margin = MARGIN if best >= 0 else 2 * MARGIN
    near = np.flatnonzero(expected >= best - margin)
    if len(near) <= SHORTLIST:
        return near
    spread = _song_spread(known.opinions[near])
    perturbed = expected[near] + spread * rng.standard_normal(len(near), np.float32)
    of_genres = []
    for genre in np.flatnonzero(np.bincount(songs.genre[near])):
        of_genre = np.flatnonzero(songs.genre[near] == genre)
        if len(of_genre) > SHORTLIST:
            of_genre = of_genre[np.argpartition(-perturbed[of_genre], SHORTLIST)[:SHORTLIST]]
        of_genres.append(near[of_genre])
    return np.concatenate(of_genres)


def _drawn(
    close: NDArray[np.float32], opinions: Floats, seen: Seen, rng: np.random.Generator
) -> Floats:
    """Rewards of the listed songs as they may be, one column for each draw of the weights.

    `close`: features and standing of each. `opinions`: of each.
    """
    drawn: Floats = close @ seen.draw(DRAWS, rng)[:, :-1].T
    drawn += _song_spread(opinions)[:, None] * rng.standard_normal(drawn.shape)
    return drawn


def _best(songs: Songs, wish: Wish, listed: NDArray[np.intp], drawn: Floats) -> NDArray[np.intp]:
    """Which of the listed songs is the choice of each draw."""
    if wish.target is None:
        return np.asarray(drawn.argmax(0), np.intp)
    distance = _distance(songs, listed, wish.target)
    # Of what is liked alike, the nearest to the target; of equally near ones, the best.
    worth = np.where(drawn >= drawn.max(0) - AS_GOOD, 1e-3 * drawn - distance[:, None], -np.inf)
    return np.asarray(worth.argmax(0), np.intp)


def _distance(songs: Songs, listed: NDArray[np.intp], target: Affect) -> Floats:
    """How far the songs are from the target; unknown ones are as far as the others on average."""
    valence, arousal = songs.affect[listed].T
    away = np.hypot(valence - target.valence, arousal - target.arousal)
    unknown = np.isnan(away)
    if unknown.any():
        away[unknown] = 1.0 if unknown.all() else away[~unknown].mean()
    return np.asarray(away, np.float64)
