"""From the free text of a genre tag to one of the ten genres."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from today_feeling.domain.music import GENRES, Genre

_WORDS: Final[tuple[tuple[Genre, str], ...]] = (
    ("trot", "트로트 트롯 뽕짝 성인가요 trot teuroteu ppongjjak enka 演歌"),
    ("idol", "아이돌 케이팝 idol kpop 'k pop' 'korean pop' '댄스가요' boygroup girlgroup"),
    ("hiphop", "힙합 랩 hiphop 'hip hop' rap trap boombap grime drill"),
    ("game", "게임 게임음악 game games videogame vgm chiptune 8bit 'video game'"),
    ("ballad", "발라드 ballad ballads ballade"),
    ("rock", "록 락 메탈 펑크 록메탈 rock metal punk grunge shoegaze hardcore emo britpop"),
    ("jazz", "재즈 jazz bebop swing bossa bossanova 'big band' dixieland fusion blues 블루스"),
    (
        "classic",
        "클래식 클래시컬 고전음악 교향곡 협주곡 classic classical baroque orchestral orchestra"
        " symphony symphonic concerto opera chamber choral sonata romantic",
    ),
    ("pop", "팝 팝송 팝음악 pop synthpop electropop dancepop disco jpop cpop citypop"),
)
"""First match wins, so what is narrower stands before what is wider; quotes hold phrases."""


def _pattern(words: str) -> re.Pattern[str]:
    parts = re.findall(r"'([^']+)'|(\S+)", words)
    choices = "|".join(re.escape(phrase or word) for phrase, word in parts)
    return re.compile(rf"(?:^|\s)(?:{choices})(?:\s|$)")


_PATTERNS: Final = tuple((genre, _pattern(words)) for genre, words in _WORDS)


def genre_from_tag(tag: str | None) -> Genre:
    """The genre that a tag means, in Korean or English; `extra` where it means none of the nine.

    A tag may list several (`Jazz; Pop`): the first that is known counts.
    """
    for part in re.split(r"[;/,|\0]+", tag or ""):
        # Width and composition differ between taggers; a hyphen or dot is only spelling.
        text = unicodedata.normalize("NFKC", part).casefold()
        text = re.sub(r"[^\w]+", " ", text).replace("_", " ").strip()
        for genre in GENRES:
            if text == genre:
                return genre
        for genre, pattern in _PATTERNS:
            if pattern.search(text):
                return genre
    return "extra"
