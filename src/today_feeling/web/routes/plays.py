"""What really sounded, and how it went."""

from __future__ import annotations

from fastapi import APIRouter, BackgroundTasks

from today_feeling.domain.diary import Play
from today_feeling.services import diary, listening, remote
from today_feeling.services.listening import UNSET
from today_feeling.web.deps import RowId, UserDep, World, WorldDep
from today_feeling.web.schemas.diary import DeletionOut
from today_feeling.web.schemas.listening import PlayChange, PlayIn, PlayOut

router = APIRouter(tags=["listening"])


@router.post("/plays", status_code=201)
def start_play(
    world: WorldDep, user: UserDep, body: PlayIn, afterwards: BackgroundTasks
) -> PlayOut:
    """A recommended song sounds now; the same recommendation again gives the same play."""
    now = world.clock()
    play = listening.start_play(world.database, user.id, body.recommendation_id, now)
    if play.started_at == now:
        _tell(world, play, afterwards)
    return PlayOut.of(play)


@router.patch("/plays/{play_id}")
def change_play(
    world: WorldDep,
    user: UserDep,
    play_id: RowId,
    body: PlayChange,
    afterwards: BackgroundTasks,
) -> PlayOut:
    """What came of the play; what the body leaves out stays as it is."""
    given = body.model_fields_set
    play, seconds_before = listening.change_play(
        world.database,
        user.id,
        play_id,
        outcome=body.outcome if "outcome" in given else UNSET,
        seconds=body.seconds if "seconds" in given else UNSET,
        liked=body.liked if "liked" in given else UNSET,
    )
    if "outcome" in given:
        _tell(world, play, afterwards, seconds_before)
    return PlayOut.of(play)


@router.delete("/plays/{play_id}")
def delete_play(world: WorldDep, user: UserDep, play_id: RowId) -> DeletionOut:
    """Delete it; for 10 minutes that can be undone."""
    deletion = diary.delete(world.database, user.id, "plays", play_id, world.clock())
    return DeletionOut(undo=deletion.id)


def _tell(
    world: World, play: Play, afterwards: BackgroundTasks, seconds_before: float = 0.0
) -> None:
    """Have a music server or the directory of stations told, once the page has its answer."""
    track = play.recommendation.track
    if track.source in {"subsonic", "radio"}:
        afterwards.add_task(
            remote.heard,
            world.database,
            track.id,
            began_at=play.started_at,
            seconds=play.seconds,
            seconds_before=seconds_before,
            directory=world.settings.radio_directory_url,
        )
