"""What was learned, as sums in rows: everybody's, and each person's own.

Asked of the connection and not of the session, which takes a fifth longer: it happens with every
play, and no objects are made of these rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection, bindparam, select, update

from today_feeling.domain.recommend.features import SPACE, VERSION
from today_feeling.domain.recommend.hybrid import Floats, Own, Shared
from today_feeling.store.schema import Base, PersonTasteRow, SharedTasteRow
from today_feeling.store.statements import inserting

LAYOUT: Final = SPACE.layout()

_SHARED: Final = Base.metadata.tables[SharedTasteRow.__tablename__]
_PEOPLE: Final = Base.metadata.tables[PersonTasteRow.__tablename__]

# Statements of every play are made once, and of tables: to make them, and to have objects made of
# rows, takes longer than to carry them out.
_EVERYBODYS: Final = select(_SHARED.c.a, _SHARED.c.b).where(_SHARED.c.version == VERSION)
_LOCKED: Final = _EVERYBODYS.with_for_update()
_LOCKED_REWARDS: Final = select(_SHARED.c.b).where(_SHARED.c.version == VERSION).with_for_update()
_WRITTEN: Final = update(_SHARED).where(_SHARED.c.version == VERSION)
_PERSONS: Final = select(_PEOPLE.c.a, _PEOPLE.c.b).where(
    _PEOPLE.c.user_id == bindparam("user_id"), _PEOPLE.c.version == VERSION
)


def shared(connection: Connection) -> Shared:
    """What everybody taught, less what each one's own taste explains."""
    return _shared(connection.execute(_EVERYBODYS).one_or_none())


def own(connection: Connection, user_id: int) -> Own:
    """What the user taught of their own taste."""
    found = connection.execute(_PERSONS, {"user_id": user_id}).one_or_none()
    return to_own(found) if found else LAYOUT.no_own()


def to_own(found: Sequence[bytes | None]) -> Own:
    """The sums of these columns, `a` and `b` of a person's row; none where they are no such."""
    none = LAYOUT.no_own()
    a, b = found
    if a is None or b is None or (len(a), len(b)) != (none.a.nbytes, none.b.nbytes):
        return none
    return Own(to_floats(a).reshape(none.a.shape), to_floats(b))


def teach(connection: Connection, more: Shared) -> None:
    """Add to what everybody taught. Others who learn wait from here to the end of the transaction.

    Where only rewards change, as when somebody changes their mind, the matrix is neither read nor
    written.
    """
    if not more.a.any():
        found = connection.execute(_LOCKED_REWARDS).scalar_one_or_none()
        if found is not None and len(found) == more.b.nbytes:
            connection.execute(_WRITTEN, {"b": to_bytes(to_floats(found) + more.b)})
            return
    found_all = connection.execute(_LOCKED).one_or_none()
    if found_all is None:  # nothing was learned yet: there is no row to lock
        connection.execute(_beginning(connection.dialect.name))
        found_all = connection.execute(_LOCKED).one_or_none()
    taught = _shared(found_all) + more
    connection.execute(_WRITTEN, {"a": to_bytes(taught.a), "b": to_bytes(taught.b)})


def put_own(connection: Connection, user_id: int, sums: Own) -> None:
    """Keep what the user taught, instead of what was kept before."""
    kept = {"a": to_bytes(sums.a), "b": to_bytes(sums.b)}
    values = {"user_id": user_id, "version": VERSION, **kept}
    connection.execute(_putting(connection.dialect.name), values)


def to_bytes(values: Floats) -> bytes:
    """As the columns keep them."""
    return values.astype("<f8", copy=False).tobytes()


def to_floats(data: bytes) -> Floats:
    """The same again; not to be written to."""
    return np.frombuffer(data, "<f8")


def _shared(found: Sequence[bytes] | None) -> Shared:
    none = LAYOUT.no_shared()
    if found is None or (len(found[0]), len(found[1])) != (none.a.nbytes, none.b.nbytes):
        return none  # what has another size is as good as nothing
    return Shared(to_floats(found[0]).reshape(none.a.shape), to_floats(found[1]))


@cache
def _beginning(dialect: str) -> Any:
    nothing = LAYOUT.no_shared()
    values = {"version": VERSION, "a": to_bytes(nothing.a), "b": to_bytes(nothing.b)}
    return inserting(dialect, _SHARED).values(values).on_conflict_do_nothing()


@cache
def _putting(dialect: str) -> Any:
    put = inserting(dialect, _PEOPLE)
    return put.on_conflict_do_update(
        index_elements=["user_id"],
        set_={name: put.excluded[name] for name in ("version", "a", "b")},
    )
