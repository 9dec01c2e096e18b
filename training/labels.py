"""Which emotion and which split a folder's name means, in English and in Korean.

Names are taken apart at everything that is neither letter nor digit, so that `0_angry`,
`[원천]EMOIMG_기쁨_TRAIN_01` (AI-Hub's) and `기쁨` all say what they hold. macOS stores Hangul in
pieces; they are put together first.
"""

import re
import unicodedata
from typing import Final

from today_feeling.domain.emotion import EMOTIONS, Emotion
from training.data import PRIVATE_TEST, PUBLIC_TEST, TRAIN

NAMES: Final[dict[Emotion, tuple[str, ...]]] = {
    "anger": ("anger", "angry", "분노", "화남"),
    "fear": ("fear", "afraid", "fearful", "scared", "anxiety", "불안", "공포", "두려움"),
    "happiness": ("happiness", "happy", "joy", "기쁨", "행복"),
    "neutral": ("neutral", "중립", "무표정"),
    "sadness": ("sadness", "sad", "슬픔"),
    "surprise": ("surprise", "surprised", "당황", "놀람"),
}
"""Lower case. AI-Hub's Korean set says 불안 (unease) for fear, 당황 (taken aback) for surprise."""

OTHERS: Final = frozenset(
    ("disgust", "disgusted", "contempt", "hurt", "혐오", "역겨움", "경멸", "상처")
)
"""Classes of other data sets that are none of the six."""

SPLITS: Final[dict[int, tuple[str, ...]]] = {
    TRAIN: ("train", "training", "학습", "훈련"),
    PUBLIC_TEST: ("public", "publictest", "val", "valid", "validation", "dev", "검증"),
    PRIVATE_TEST: ("private", "privatetest", "test", "testing", "평가", "시험"),
}


def words_of(name: str) -> frozenset[str]:
    """Lower-case words of a file's or folder's name."""
    whole = unicodedata.normalize("NFC", name).lower()
    return frozenset(word for word in re.split(r"[\W_]+", whole) if word)


def label_of(folder: str) -> int | None:
    """Index in EMOTIONS that a folder's name says; None where it says none, or more than one."""
    words = words_of(folder)
    found = [label for label, name in enumerate(EMOTIONS) if words & set(NAMES[name])]
    return found[0] if len(found) == 1 else None


def is_other(folder: str) -> bool:
    """Whether a folder's name says a class that is none of the six."""
    return bool(words_of(folder) & OTHERS)


def split_of(folder: str) -> int | None:
    """Split (TRAIN, ...) that a folder's name says; None where it says none, or more than one."""
    words = words_of(folder)
    found = [split for split, names in SPLITS.items() if words & set(names)]
    return found[0] if len(found) == 1 else None
