"""Listening to the library: how glad and how driving its songs sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from queue import SimpleQueue

from today_feeling.errors import NotFound, UnreadableMedia
from today_feeling.music.hearing.ears import PATIENCE_S, Ears
from today_feeling.music.hearing.estimate import Estimate
from today_feeling.music.library import servable
from today_feeling.music.source import Skipped
from today_feeling.store import library
from today_feeling.store.database import Database
from today_feeling.store.library import Unheard

OnSong = Callable[[int, int, str], None]
"""Told how many were listened to, of how many, and the path of the last one."""

MakeEars = Callable[[], Ears]


@dataclass(slots=True)
class Analysed:
    """What came of listening."""

    heard: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    left: int = 0
    """Not listened to, because of the limit."""


def analyse(
    database: Database,
    *,
    again: bool = False,
    limit: int | None = None,
    jobs: int = 1,
    patience_s: float = PATIENCE_S,
    on_song: OnSong | None = None,
    make_ears: MakeEars | None = None,
) -> Analysed:
    """Estimate valence, energy and tempo of the files of whose mood nothing is known.

    Each is written as it comes, so the next call goes on where this one was stopped. A file that
    cannot be heard is told of, and left alone until it changes, or `again`. What an operator has
    said of a song stays. `jobs`: so many processes listen. Raises `InvalidInput` without the extra.
    """
    with database.reading() as session:
        waiting = library.unheard(session, again=again)
    chosen = waiting[:limit]
    done = Analysed(left=len(waiting) - len(chosen))
    with ExitStack() as stack:
        free: SimpleQueue[Ears] = SimpleQueue()
        for _ in range(jobs):
            ears = make_ears() if make_ears else Ears(patience_s=patience_s)
            free.put(stack.enter_context(ears))
        for number, (what, said) in enumerate(_hear(chosen, free, jobs), start=1):
            with database.writing() as session:
                library.note_heard(session, what, said if isinstance(said, Estimate) else None)
            if isinstance(said, Estimate):
                done.heard += 1
            else:
                done.skipped.append(Skipped(str(what.file), said))
            if on_song is not None:
                on_song(number, len(chosen), str(what.file))
    return done


def _hear(
    chosen: Sequence[Unheard], free: SimpleQueue[Ears], jobs: int
) -> Iterator[tuple[Unheard, Estimate | str]]:
    """Each file in order, with what it sounds like or why that is not known."""

    def listen(what: Unheard) -> Estimate | str:
        ears = free.get()
        try:
            return ears.hear(servable(what.file, what.folder)[0])
        except (NotFound, UnreadableMedia) as error:
            return str(error)
        finally:
            free.put(ears)

    pool = ThreadPoolExecutor(jobs)
    try:
        yield from zip(chosen, pool.map(listen, chosen), strict=True)
    finally:
        # Whoever stops it waits for the songs that are being heard, and for no other.
        pool.shutdown(cancel_futures=True)
