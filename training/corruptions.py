"""What cameras do to a face, one effect at a time and in known doses, to measure robustness with.

Apart from the training's augmentation on purpose: nothing here is random but by a generator that
is given, so that every model is judged on exactly the same pictures. Pictures are uint8 RGB
[S, S, 3]; lengths are in sides of the picture.

FER's pictures are gray, and a cast over gray is nothing but a gain, which the network undoes by
its standardisation. So faces get the colours of faces before light is thrown on them.
"""

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Corruption:
    """One effect and the doses in which it is measured, mild to strong."""

    name: str
    unit: str
    """What a dose counts."""
    doses: tuple[float, ...]
    apply: Callable[[Picture, float, np.random.Generator], Picture]


def _levels(picture: NDArray[np.floating]) -> Picture:
    return np.asarray(np.clip(np.floor(picture + 0.5), 0, 255), np.uint8)


LUMA = np.array([0.299, 0.587, 0.114])
SKIN = (
    "f6ede4", "f3e7db", "f7ead0", "eadaba", "d7bd96",
    "a07e56", "825c43", "604134", "3a312a", "292420",
)  # fmt: skip
"""The ten tones of the Monk Skin Tone scale (2022, skintone.google)."""
LIPS = np.array([1.3, 0.87, 0.95])
"""Their colour against the skin around them."""
DARKEST_SKIN = 60
"""Gray level below which pixels lose their colour: hair, pupils, nostrils."""


@functools.cache
def _places(side: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How much of a pixel [S, S, 1] is an eye, and lips: where they are in FER on the average."""
    y, x = (np.indices((side, side)) + 0.5) / side

    def spot(middle: float, down: float, wide: float, high: float) -> NDArray[np.float64]:
        away = ((x - middle) / wide) ** 2 + ((y - down) / high) ** 2
        return np.asarray(np.exp(-(away**2))[..., None])

    eyes = spot(0.314, 0.394, 0.1, 0.05) + spot(0.685, 0.394, 0.1, 0.05)
    return eyes, spot(0.507, 0.78, 0.17, 0.08)


def coloured(picture: Picture, random: np.random.Generator) -> NDArray[np.float64]:
    """A gray face in the colours of one: levels [S, S, 3], every pixel's gray level as before.

    Skin of one of ten tones, by chance and not by how bright the picture is; redder lips; eyes,
    deep shadows and highlights without colour.
    """
    tone = np.array(list(bytes.fromhex(SKIN[random.integers(len(SKIN))])), np.float64)
    skin, lips = (colour / (colour @ LUMA) for colour in (tone, tone * LIPS))
    level = (picture @ LUMA)[..., None]
    eyes, mouth = _places(len(picture))
    tint = (skin + mouth * (lips - skin) - 1) * (1 - eyes) * np.minimum(level / DARKEST_SKIN, 1)
    # as much of the colour as fits below white
    room = (255 - level) / np.maximum(level * tint.max(axis=2, keepdims=True), 1e-6)
    return np.asarray(level * (1 + tint * np.minimum(room, 1)))


def warm(picture: Picture, dose: float, random: np.random.Generator) -> Picture:
    """A coloured face by the light of a lamp: green and blue are lost, at dose 1 as by a candle."""
    return _levels(coloured(picture, random) * np.array([1, 1 - 0.4 * dose, 1 - 0.8 * dose]))


def cold(picture: Picture, dose: float, random: np.random.Generator) -> Picture:
    """A coloured face by the light of a screen: red is lost, and some green."""
    return _levels(coloured(picture, random) * np.array([1 - 0.7 * dose, 1 - 0.25 * dose, 1]))


def light(picture: Picture, dose: float, random: np.random.Generator) -> Picture:
    """Brightness times `dose`, rounded to whole levels: what is lost stays lost."""
    del random
    return _levels(picture * dose)


def side_light(picture: Picture, dose: float, random: np.random.Generator) -> Picture:
    """One side, left or right, darkened by `dose`, falling evenly from the other."""
    ramp = np.linspace(1 - dose, 1, picture.shape[1])
    if random.random() < 0.5:
        ramp = ramp[::-1]
    return _levels(picture * ramp[None, :, None])


def gamma(picture: Picture, dose: float, random: np.random.Generator) -> Picture:
    """Levels to the power of `dose`: below 1 washed out, above 1 in deep shadow."""
    del random
    return _levels(255 * (picture / 255) ** dose)


def turned(picture: Picture, dose: float, random: np.random.Generator) -> Picture:
    """Turned by `dose` degrees to either side."""
    return _moved(picture, angle=dose if random.random() < 0.5 else -dose)


def scaled(picture: Picture, dose: float, random: np.random.Generator) -> Picture:
    """The face `dose` times as large, as where the detector misjudges it."""
    del random
    return _moved(picture, zoom=dose)


def shifted(picture: Picture, dose: float, random: np.random.Generator) -> Picture:
    """Moved by `dose` sides in any direction."""
    where = random.uniform(0, 2 * math.pi)
    return _moved(picture, x=dose * math.cos(where), y=dose * math.sin(where))


def _moved(
    picture: Picture, *, angle: float = 0, zoom: float = 1, x: float = 0, y: float = 0
) -> Picture:
    side = picture.shape[0]
    middle = ((side - 1) / 2, (side - 1) / 2)
    matrix = cv2.getRotationMatrix2D(middle, angle, zoom)
    matrix[:, 2] += np.array([x, y]) * side
    moved = cv2.warpAffine(
        picture, matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(moved, np.uint8)


def blurred(picture: Picture, dose: float, random: np.random.Generator) -> Picture:
    """Out of focus: Gaussian with a deviation of `dose` hundredths of the side."""
    del random
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), dose * picture.shape[0] / 100), np.uint8)


def noisy(picture: Picture, dose: float, random: np.random.Generator) -> Picture:
    """Noise of a sensor in the dark: deviation `dose` of full scale, each colour for itself."""
    return _levels(picture + random.normal(0, dose * 255, picture.shape))


def compressed(picture: Picture, dose: float, random: np.random.Generator) -> Picture:
    """JPEG of quality `dose`."""
    del random
    done, content = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, int(dose)])
    if not done:
        raise RuntimeError("OpenCV cannot write a JPEG")
    return np.asarray(cv2.imdecode(content, cv2.IMREAD_COLOR), np.uint8)


def far(picture: Picture, dose: float, random: np.random.Generator) -> Picture:
    """A far face: only `dose` pixels across, enlarged again."""
    del random
    small = cv2.resize(picture, (int(dose), int(dose)), interpolation=cv2.INTER_AREA)
    return np.asarray(
        cv2.resize(small, picture.shape[:2], interpolation=cv2.INTER_LINEAR), np.uint8
    )


def hidden(picture: Picture, dose: float, random: np.random.Generator) -> Picture:
    """A hand or a cup: a square of `dose` sides of one gray level somewhere before the face."""
    side = picture.shape[0]
    extent = round(dose * side)
    top, left = random.integers(0, side - extent + 1, 2)
    covered = picture.copy()
    covered[top : top + extent, left : left + extent] = random.integers(0, 256)
    return covered


def masked(picture: Picture, dose: float, random: np.random.Generator) -> Picture:
    """A mask: the lowest `dose` of the picture is one light gray."""
    del random
    covered = picture.copy()
    covered[round((1 - dose) * picture.shape[0]) :] = 200
    return covered


CORRUPTIONS = (
    Corruption("warm light", "share of the cast", (0.5, 1.0), warm),
    Corruption("cold light", "share of the cast", (0.5, 1.0), cold),
    Corruption("light", "brightness", (0.8, 0.6, 0.4, 0.2), light),
    Corruption("side light", "darkening of one side", (0.4, 0.7, 0.9), side_light),
    Corruption("gamma", "exponent", (0.5, 0.7, 1.5, 2.0), gamma),
    Corruption("rotation", "degrees", (5, 10, 15, 20, 30), turned),
    Corruption("scale", "times as large", (0.8, 0.9, 1.1, 1.25), scaled),
    Corruption("shift", "sides", (0.05, 0.1, 0.15), shifted),
    Corruption("blur", "deviation, % of the side", (1, 2, 3), blurred),
    Corruption("noise", "deviation of full scale", (0.02, 0.05, 0.1), noisy),
    Corruption("JPEG", "quality", (50, 20, 10), compressed),
    Corruption("low resolution", "pixels across", (32, 24, 16), far),
    Corruption("occlusion", "side of the square", (0.2, 0.3, 0.4), hidden),
    Corruption("mask", "lowest share hidden", (0.2, 0.3, 0.4), masked),
)


def corrupted(
    pictures: NDArray[np.uint8], corruption: Corruption, dose: float
) -> NDArray[np.uint8]:
    """Apply one dose to pictures [N, S, S, 3]; picture n meets the same chance in every dose."""
    return np.stack(
        [
            corruption.apply(picture, dose, np.random.default_rng(row))
            for row, picture in enumerate(pictures)
        ]
    )
