"""The process that listens: a path comes in on each line, as JSON, and what it heard goes out.

Foreign bytes are decoded here and nowhere else, so what they break is this process alone.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from today_feeling.errors import UnreadableMedia
from today_feeling.music.hearing.cues import cues_of
from today_feeling.music.hearing.decode import decode
from today_feeling.music.hearing.estimate import estimate


def main() -> None:
    """Answer until nobody asks any more."""
    with suppress(OSError, AttributeError):  # Windows has no `nice`
        os.nice(10)
    # What libraries print must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        print(json.dumps(_answer(Path(json.loads(line)))), file=answers, flush=True)


def _answer(path: Path) -> dict[str, object]:
    try:
        return estimate(cues_of(decode(path)))._asdict()
    except UnreadableMedia as error:
        return {"why": str(error)}
    except Exception as error:
        return {"why": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    main()
