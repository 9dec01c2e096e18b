"""`today-feeling watch`: the current emotion, live in the terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from today_feeling.domain.emotion import EMOTIONS, UNSURE
from today_feeling.domain.temporal import TemporalFilter, TemporalState
from today_feeling.errors import InvalidInput, UnreadableMedia
from today_feeling.settings import Settings
from today_feeling.vision.analyzer import Analyzer
from today_feeling.vision.frames import Picture, camera_frames, read_picture, video_frames

_REASONS: Final = {
    "starting": "looking",
    "low_confidence": "not sure",
    "no_face": "no face",
}
_BAR_WIDTH: Final = 40


def watch(
    camera: Annotated[
        int | None, typer.Option("--camera", min=0, help="Number of the camera; 0 if not given.")
    ] = None,
    video: Annotated[
        Path | None, typer.Option("--video", help="A video file, shown at its own pace.")
    ] = None,
) -> None:
    """Read emotions live from a camera or a video.

    Shows the six probabilities, the current emotion and how sure it is. Pictures stay in memory
    and are never stored or sent. q or Ctrl-C stops.
    """
    if camera is not None and video is not None:
        raise InvalidInput("--camera and --video exclude each other")
    if video is not None and video.suffix.lower() != ".gif" and read_picture(video) is not None:
        raise UnreadableMedia(f"{video}: a picture, not a video (today-feeling analyze reads it)")
    analyzer = Analyzer.load(Settings.from_environment().models_dir)
    stream = _clocked(camera_frames(camera or 0)) if video is None else _paced(video)
    states = _states(analyzer, stream)
    console = Console()
    with suppress(KeyboardInterrupt), _keys() as quit_pressed:
        if console.is_terminal:
            _show_live(states, console, quit_pressed)
        else:
            _print_changes(states)


def _clocked(pictures: Iterator[Picture]) -> Iterator[tuple[float, Picture]]:
    start_s = time.monotonic()
    for picture in pictures:
        yield time.monotonic() - start_s, picture


def _paced(video: Path) -> Iterator[tuple[float, Picture]]:
    """Frames of a video when their time has come; those that are late already are skipped."""
    start_s = time.monotonic()
    for frame in video_frames(video):
        early_s = frame.time_s - (time.monotonic() - start_s)
        if early_s >= 0:
            time.sleep(early_s)
        elif early_s < -0.1 and frame.number > 0:
            continue
        yield frame.time_s, frame.picture


def _states(analyzer: Analyzer, stream: Iterator[tuple[float, Picture]]) -> Iterator[TemporalState]:
    live, rule = analyzer.live(), TemporalFilter(analyzer.temporal)
    person = live.person
    for time_s, picture in stream:
        face = live.next(picture)
        if live.person != person:
            rule.forget()
            person = live.person
        yield rule.push(time_s, face.probabilities if face else None)


def _show_live(
    states: Iterator[TemporalState], console: Console, quit_pressed: Callable[[], bool]
) -> None:
    with Live(console=console, refresh_per_second=15, transient=True) as live:
        for state in states:
            live.update(_view(state))
            if quit_pressed():
                return


def _view(state: TemporalState) -> Group:
    bars = Table.grid(padding=(0, 1))
    values = [0.0] * len(EMOTIONS) if state.probabilities is None else state.probabilities.tolist()
    for emotion, value in zip(EMOTIONS, values, strict=True):
        style = "bold" if emotion == state.emotion else ""
        bar = ProgressBar(total=1.0, completed=value, width=_BAR_WIDTH)
        bars.add_row(Text(emotion, style), bar, Text(f"{value:4.0%}", style))
    return Group(Text(_summary(state), "bold"), bars, Text("q to stop", "dim"))


def _summary(state: TemporalState) -> str:
    name = _REASONS[state.reason] if state.reason else f"looks like {state.emotion}"
    return f"{name} ({state.confidence:.0%})" if state.confidence else name


def _print_changes(states: Iterator[TemporalState]) -> None:
    """For pipes and logs: one line whenever the emotion, or why there is none, changes."""
    shown: tuple[str, str | None] = (UNSURE, "starting")
    for state in states:
        now = (state.emotion, state.reason)
        if now != shown:
            typer.echo(f"{state.since_s:8.1f} s  {_summary(state)}")
        shown = now


@contextmanager
def _keys() -> Iterator[Callable[[], bool]]:
    """Tell whether q was pressed, without waiting; without a terminal it never is."""
    try:
        import select  # noqa: PLC0415 - termios exists on POSIX only
        import termios  # noqa: PLC0415
        import tty  # noqa: PLC0415
    except ImportError:
        yield lambda: False
        return
    if not sys.stdin.isatty():
        yield lambda: False
        return
    before = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin)
    try:
        yield lambda: bool(select.select([sys.stdin], [], [], 0)[0]) and sys.stdin.read(1) == "q"
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
