"""`today-feeling analyze` and `today-feeling watch`: emotions in files and live."""

from __future__ import annotations

import json
import sys
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

from today_feeling.commands.vision_watch import watch
from today_feeling.domain.emotion import EMOTIONS
from today_feeling.domain.face import FaceEmotion
from today_feeling.domain.segments import Segment, SegmentRecorder
from today_feeling.errors import UnreadableMedia
from today_feeling.settings import Settings
from today_feeling.vision.analyzer import Analyzer, main_face
from today_feeling.vision.frames import (
    Picture,
    frame_count,
    media_files,
    read_picture,
    video_frames,
)

__all__ = ["analyze", "watch"]

Record = dict[str, Any]


def analyze(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Pictures, videos, folders of them.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    cropped: Annotated[
        bool, typer.Option("--cropped", help="Each picture is a face crop: search for no face.")
    ] = False,
    fps: Annotated[
        float | None,
        typer.Option(
            "--fps", min=0.001, max=1000, help="Frames of a video read a second; all if not given."
        ),
    ] = None,
) -> None:
    """Read the emotions in pictures and videos.

    A face's emotion is the most probable of the six, in every picture and frame. A video ends with
    segments: the current emotion over time of its largest face, `unsure` where no face is seen or
    confidence is low (for these, read at least one frame a second). Files that cannot be read are
    named on stderr, the others go on, and the exit code is 1.
    """
    analyzer = Analyzer.load(Settings.from_environment().models_dir)
    failed = False
    with _JsonLines() if as_json else _Tables() as output:
        for path in paths:
            try:
                files = media_files(path)
            except UnreadableMedia as error:
                output.complain(str(error))
                failed = True
                continue
            for file in files:
                try:
                    _analyze_file(analyzer, file, cropped, fps, output)
                except UnreadableMedia as error:
                    output.complain(str(error))
                    failed = True
    if failed:
        raise typer.Exit(1)


def _analyze_file(
    analyzer: Analyzer, file: Path, cropped: bool, fps: float | None, output: _Output
) -> None:
    picture = read_picture(file)
    if picture is not None:
        output.begin(file, None)
        faces = [analyzer.face_crop(picture)] if cropped else analyzer.still(picture)
        output.picture(file, 0, 0.0, faces)
        return
    output.begin(file, frame_count(file))
    recorder = SegmentRecorder(analyzer.temporal)

    def read(picture: Picture) -> list[FaceEmotion]:
        return [analyzer.face_crop(picture)] if cropped else analyzer.frame(picture)

    for frame in video_frames(file, fps):
        faces = read(frame.picture)
        face = main_face(faces)
        recorder.push(frame.time_s, face.probabilities if face else None)
        output.frame(file, frame.number, frame.time_s, faces)
    output.segments(file, recorder.segments())


class _Output(ABC):
    """Where results go. `begin` opens a file; then one `picture`, or frames and `segments`."""

    def __enter__(self) -> _Output:
        return self

    def __exit__(self, *exception: object) -> None:  # noqa: B027 - most have nothing to end
        pass

    @abstractmethod
    def begin(self, file: Path, frames: int | None) -> None:
        """A file is about to be read; `frames` if it is a video that says how many it has."""

    @abstractmethod
    def picture(self, file: Path, index: int, time_s: float, faces: list[FaceEmotion]) -> None:
        """The faces of a picture."""

    @abstractmethod
    def frame(self, file: Path, index: int, time_s: float, faces: list[FaceEmotion]) -> None:
        """The faces of a frame of a video, `time_s` seconds from its start."""

    @abstractmethod
    def segments(self, file: Path, segments: list[Segment]) -> None:
        """A video has ended, and these are its stretches of one emotion."""

    def complain(self, message: str) -> None:
        typer.echo(f"today-feeling: {message}", err=True)


class _JsonLines(_Output):
    """JSON Lines on stdout, each written as soon as it is known."""

    def begin(self, file: Path, frames: int | None) -> None:
        del file, frames  # the records name their file

    def picture(self, file: Path, index: int, time_s: float, faces: list[FaceEmotion]) -> None:
        self._write(frame_record(file, index, time_s, faces))

    def frame(self, file: Path, index: int, time_s: float, faces: list[FaceEmotion]) -> None:
        self.picture(file, index, time_s, faces)

    def segments(self, file: Path, segments: list[Segment]) -> None:
        self._write(segments_record(file, segments))

    def _write(self, record: Record) -> None:
        sys.stdout.write(json.dumps(record) + "\n")
        sys.stdout.flush()


class _Tables(_Output):
    """A table on stdout at the end; a progress bar on stderr meanwhile."""

    def __init__(self) -> None:
        name = TextColumn("{task.fields[file]}", markup=False)
        columns = (*Progress.get_default_columns(), name)
        console = Console(stderr=True)
        self._progress = Progress(
            *columns, console=console, transient=True, disable=not console.is_terminal
        )
        self._task: TaskID | None = None
        self._table = Table("File", "Time", "Emotion", "Sure", "Valence", "Arousal", box=None)

    def __enter__(self) -> _Output:
        self._progress.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._progress.stop()
        if self._table.row_count:
            Console().print(self._table)

    def begin(self, file: Path, frames: int | None) -> None:
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task("", total=frames or 1, file=file.name)

    def picture(self, file: Path, index: int, time_s: float, faces: list[FaceEmotion]) -> None:
        for face in faces:
            sure = f"{face.probabilities.max():.0%}"
            affect = (f"{face.valence:+.2f}", f"{face.arousal:+.2f}")
            self._table.add_row(Text(str(file), overflow="fold"), "", face.emotion, sure, *affect)
        if not faces:
            self._table.add_row(Text(str(file), overflow="fold"), "", "no face")

    def frame(self, file: Path, index: int, time_s: float, faces: list[FaceEmotion]) -> None:
        if self._task is not None:
            self._progress.update(self._task, completed=index + 1)

    def segments(self, file: Path, segments: list[Segment]) -> None:
        for part in segments:
            times = f"{part.start_s:.1f}-{part.end_s:.1f} s"
            self._table.add_row(Text(str(file), overflow="fold"), times, part.emotion)
        if not segments:
            self._table.add_row(Text(str(file), overflow="fold"), "", "too short")


def frame_record(file: Path, index: int, time_s: float, faces: list[FaceEmotion]) -> Record:
    """Build the JSON object of a picture or a sampled frame."""
    return {
        "source": str(file),
        "frame": index,
        "time_s": round(time_s, 6),
        "faces": [_face_record(face) for face in faces],
    }


def _face_record(face: FaceEmotion) -> Record:
    probabilities = face.probabilities.round(6).tolist()
    return {
        "box": [round(value, 2) for value in face.box],
        "score": round(face.score, 4),
        "emotion": face.emotion,
        "probabilities": dict(zip(EMOTIONS, probabilities, strict=True)),
        "valence": round(face.valence, 4),
        "arousal": round(face.arousal, 4),
    }


def segments_record(file: Path, segments: list[Segment]) -> Record:
    """Build the last JSON object of a video."""
    parts = [(round(part.start_s, 6), round(part.end_s, 6), part.emotion) for part in segments]
    return {
        "source": str(file),
        "segments": [{"start_s": a, "end_s": b, "emotion": emotion} for a, b, emotion in parts],
    }
