"""What the server does while nobody asks: it forgets what is to be forgotten."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import Final

import anyio
from anyio import to_thread

from today_feeling.services import retention
from today_feeling.store.database import Database

_EVERY_S: Final = 60.0
_RARE: Final = 60
"""Every so often a round also looks for what is older than its user wants."""

_log = logging.getLogger(__name__)


async def keep_house(database: Database, clock: Callable[[], datetime]) -> None:
    """Go round until cancelled. A round that fails is logged, and the next one tries again."""
    for number in count():
        try:
            # Cancelled, it still ends the batch that it is in, so that the database can be closed.
            await to_thread.run_sync(retention.purge, database, clock())
            if number % _RARE == 0:
                await to_thread.run_sync(retention.keep_limits, database, clock())
        except Exception:
            _log.exception("Old records could not be deleted")
        await anyio.sleep(_EVERY_S)
