"""The crop contract: where a face lies in the crop, and how pixels are sampled."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from today_feeling.vision.align import Similarity, crop, crop_transform
from today_feeling.vision.card import CropContract

CONTRACT = CropContract(
    eye_weight=1.0, mouth_weight=1.0, centre_to_mouth=0.25, centre_x=0.5, centre_y=0.5, scale=0.5
)
UPRIGHT = np.array([[40, 50], [70, 50], [55, 65], [55, 90], [30, 55], [80, 55]], np.float64)
"""Eyes 30 apart, mouth 40 below: face scale 50, face centre (55, 60)."""


def to_crop(transform: Similarity, point: tuple[float, float]) -> tuple[float, float]:
    """Where a point of the picture lies in the crop."""
    a, b, x, y = transform
    z = complex(point[0] - x, point[1] - y) / complex(a, b)
    return z.real, z.imag


def test_scale_and_centre_go_where_the_card_says() -> None:
    transform = crop_transform(UPRIGHT, CONTRACT, 64)
    assert transform is not None
    assert math.hypot(transform.a, transform.b) == pytest.approx(50 / 32)
    assert to_crop(transform, (55, 60)) == pytest.approx((32, 32))


@pytest.mark.parametrize("degrees", [-150, -40, -10, 25, 90, 180])
def test_a_tilted_head_gives_the_crop_of_an_upright_one(degrees: float) -> None:
    turn = math.radians(degrees)
    rotation = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    upright = crop_transform(UPRIGHT, CONTRACT, 64)
    tilted = crop_transform(UPRIGHT @ rotation * 2 + 300, CONTRACT, 64)
    assert upright is not None
    assert tilted is not None
    for point in UPRIGHT:
        moved = point @ rotation * 2 + 300
        assert to_crop(tilted, tuple(moved)) == pytest.approx(to_crop(upright, tuple(point)))


def test_points_that_fall_into_one_are_no_face() -> None:
    assert crop_transform(np.full((6, 2), 7.0), CONTRACT, 64) is None


def test_the_identity_copies_pixels() -> None:
    picture = np.random.default_rng(1).integers(0, 256, (64, 64, 3)).astype(np.uint8)
    assert np.array_equal(crop(picture, Similarity(1, 0, 0, 0), 64), picture)


def areas(picture: NDArray[np.uint8], zoom: int) -> NDArray[np.float64]:
    size = len(picture) // zoom
    return np.asarray(picture.reshape(size, zoom, size, zoom, 3).mean(axis=(1, 3)))


@pytest.mark.parametrize("zoom", [2, 4, 6])
def test_shrinking_by_an_even_number_averages_areas(zoom: int) -> None:
    picture = np.random.default_rng(2).integers(0, 256, (192, 192, 3)).astype(np.uint8)
    found = crop(picture, Similarity(zoom, 0, 0, 0), 192 // zoom)
    assert np.abs(found - np.floor(areas(picture, zoom) + 0.5)).max() <= 1


@pytest.mark.parametrize("zoom", [3, 4.5, 8.3])
def test_shrinking_calms_noise_as_much_as_nearly_all_pixels_would(zoom: float) -> None:
    picture = np.random.default_rng(2).normal(128, 30, (400, 400, 3)).clip(0, 255).astype(np.uint8)
    found = crop(picture, Similarity(zoom, 0, 0, 0), int(400 / zoom))
    assert found.std() < 1.35 * 30 / zoom


def test_a_shift_by_half_a_pixel_is_bilinear() -> None:
    picture = np.zeros((8, 8, 3), np.uint8)
    picture[:, 4:] = 100
    found = crop(picture, Similarity(1, 0, 0.5, 0), 8)
    assert found[0, :, 0].tolist() == [0, 0, 0, 50, 100, 100, 100, 100]


@pytest.mark.parametrize("shift", [-500.0, 500.0])
def test_outside_the_picture_its_nearest_edge_pixel_is_used(shift: float) -> None:
    picture = np.zeros((20, 30, 3), np.uint8)
    picture[:, 0], picture[:, -1] = 10, 200
    found = crop(picture, Similarity(1, 0, shift, 5), 8)
    assert (found == (10 if shift < 0 else 200)).all()


def test_a_mirror_free_transform_keeps_left_on_the_left() -> None:
    picture = np.zeros((128, 128, 3), np.uint8)
    picture[:, :55] = 255
    transform = crop_transform(UPRIGHT, CONTRACT, 64)
    assert transform is not None
    found = crop(picture, transform, 64)
    assert found[32, 2, 0] == 255
    assert found[32, 61, 0] == 0
