"""What people think of each of the songs, beyond what its features say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from today_feeling.domain.recommend import space
from today_feeling.domain.recommend.blocks import Bounds, Numbers, Positions
from today_feeling.domain.recommend.hybrid import Floats
from today_feeling.domain.recommend.songs import Songs


@dataclass(frozen=True, slots=True)
class Standing:
    """Of songs, in their order."""

    values: Numbers
    """As `space.standing` has them, [N, 2]."""
    bounds: Bounds
    """Of the songs of each block."""

    @staticmethod
    def of(songs: Songs, surprise: Floats, opinions: Floats) -> Standing:
        """`surprise` and `opinions` [N]: see `space.standing`."""
        values = np.zeros((len(songs), 2), np.float32, order="F")
        rated = np.flatnonzero(opinions)  # a logarithm of the others would take longer than all
        values[rated] = space.standing(surprise[rated], opinions[rated])
        return Standing(values, Bounds.of(values, songs.first))

    def changed(
        self, songs: Songs, positions: Positions, surprise: Floats, opinions: Floats
    ) -> Standing:
        """With others at some positions. It costs a copy."""
        values = self.values.copy(order="F")
        values[positions] = space.standing(surprise, opinions)
        low, high = (each.copy() for each in self.bounds)
        for block in np.unique(np.searchsorted(songs.first, positions, "right") - 1).tolist():
            of_block = values[songs.first[block] : songs.first[block + 1]]
            low[block], high[block] = of_block.min(0), of_block.max(0)
        return Standing(values, Bounds(low, high))
