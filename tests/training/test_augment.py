"""Views of pictures: what may change and what must not."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from training.augment import (
    JPEG_QUALITY,
    _coarsen,
    _compress,
    _light,
    _occlude,
    _sharpen_or_blur,
    _warp,
    augment,
    resize,
)
from training.config import Config
from training.corruptions import compressed

STILL = Config(size=64, shift=0, scale=0, rotation=0, shear=0)


def pictures(count: int = 6) -> torch.Tensor:
    return torch.randint(
        0, 256, (count, 48, 48), dtype=torch.uint8, generator=torch.Generator().manual_seed(1)
    )


def test_resize_gives_whole_gray_levels_between_zero_and_one() -> None:
    resized = resize(pictures(), 64)
    assert resized.shape == (6, 1, 64, 64)
    torch.testing.assert_close(resized * 255, (resized * 255).round())
    assert resized.min() >= 0
    assert resized.max() <= 1


def test_framing_without_jitter_is_that_of_evaluation_or_its_mirror() -> None:
    torch.manual_seed(0)
    inside = (..., slice(2, -2), slice(2, -2))  # the outermost pixels blend with the padding
    views = _warp(pictures(40)[:, None].float() / 255, STILL)[inside]
    expected = resize(pictures(40), 64)[inside]
    straight = ((views - expected).abs().amax(dim=(1, 2, 3)) < 0.01).tolist()
    mirrored = ((views.flip(3) - expected).abs().amax(dim=(1, 2, 3)) < 0.01).tolist()
    assert all(a != b for a, b in zip(straight, mirrored, strict=True))
    assert any(straight)
    assert any(mirrored)


def test_augmented_views_stay_pictures() -> None:
    torch.manual_seed(0)
    views = augment(pictures(), Config(size=40))
    assert views.shape == (6, 1, 40, 40)
    assert views.isfinite().all()
    assert views.min() >= 0
    assert views.max() <= 1


def test_the_same_seed_gives_the_same_views() -> None:
    torch.manual_seed(5)
    first = augment(pictures(), Config())
    torch.manual_seed(5)
    assert torch.equal(first, augment(pictures(), Config()))
    assert not torch.equal(first, augment(pictures(), Config()))


def test_occlusion_hides_at_most_a_rectangle_of_two_fifths_of_a_side() -> None:
    torch.manual_seed(0)
    views = torch.full((50, 1, 60, 60), 2.0)
    hidden = (_occlude(views, 1.0) != views).float().mean(dim=(1, 2, 3))
    assert hidden.max() <= 0.41**2
    assert hidden.min() > 0.01
    assert torch.equal(_occlude(views, 0.0), views)


def motions(config: Config) -> dict[str, torch.Tensor]:
    """What `_warp` did to 400 pictures, read off pictures whose levels are coordinates."""
    side, count = 64, 400
    place = (torch.arange(side) + 0.5) / side * 2 - 1
    where = []
    for picture in (place.expand(side, side), place[:, None].expand(side, side)):
        torch.manual_seed(3)
        where.append(_warp(picture.expand(count, 1, side, side), replace(config, size=side)))
    source = torch.cat(where, dim=1)[:, :, 24:40, 24:40].reshape(count, 2, -1)
    inner = place[24:40]
    grid = torch.stack([inner.repeat(16), inner.repeat_interleave(16), torch.ones(256)])
    theta = source @ torch.linalg.pinv(grid)
    flip = theta[:, 0, 0].sign()
    across, down = flip * theta[:, 0, 0], theta[:, 1, 0]
    zoom = torch.hypot(across, down)
    return {
        "rotation": torch.rad2deg(torch.atan2(down, across)),
        "shift": theta[:, :, 2] / 2,
        "scale": zoom.log(),
        "shear": (flip * theta[:, 0, 1] * across + theta[:, 1, 1] * down) / zoom**2,
    }


@pytest.mark.parametrize("name", ["rotation", "shift", "scale", "shear"])
def test_a_view_moves_as_far_as_the_config_says_to_both_sides_and_no_other_way(name: str) -> None:
    amount = getattr(Config(), name)
    for other, moved in motions(replace(STILL, **{name: amount})).items():
        if other == name:
            assert 0.95 * amount < moved.max() < 1.001 * amount
            assert -1.001 * amount < moved.min() < -0.95 * amount
            assert abs(moved.mean()) < 0.1 * amount
        else:
            assert moved.abs().max() < 1e-3, other


def test_a_third_of_the_views_is_darkened_and_never_below_the_limit() -> None:
    flat = torch.full((600, 1, 8, 8), 0.5)
    views = []
    for darkest in (1.0, 0.2):
        torch.manual_seed(4)
        views.append(_light(flat, darkest))
    gain = (views[1] / views[0]).flatten(1)
    darkened = gain[:, 0] < 1
    assert darkened.float().mean() == pytest.approx(1 / 3, abs=0.06)
    assert 0.2 <= gain.min() < 0.25
    torch.testing.assert_close(gain, gain[:, :1].expand_as(gain))


def test_half_of_the_views_are_lit_from_a_side_and_gamma_differs() -> None:
    torch.manual_seed(4)
    views = _light(torch.full((600, 1, 33, 33), 0.5), 1.0)
    middle = views[:, 0, 16, 16]  # where side light changes nothing
    slope = (views / middle.view(-1, 1, 1, 1) - 1)[:, 0]
    lit = slope.abs().amax(dim=(1, 2)) > 1e-4
    assert lit.float().mean() == pytest.approx(1 / 2, abs=0.06)
    for edge in (slope[:, 16, 0], slope[:, 0, 16]):
        assert 0.3 < edge.max() <= 0.351
        assert -0.351 <= edge.min() < -0.3
    exponent = middle.log() / torch.tensor(0.5).log()
    assert 0.67 <= exponent.min() < 0.7
    assert 1.45 < exponent.max() <= 1.5


def test_contrast_changes_about_the_mean() -> None:
    torch.manual_seed(4)
    board = 0.5 + 0.01 * (torch.arange(16)[:, None] + torch.arange(16)).remainder(2).mul(2).sub(1)
    views = _light(board.expand(600, 1, 16, 16), 1.0)
    rows = views.mean(dim=3).flatten(1)
    columns = views.mean(dim=2).flatten(1)
    unlit = (rows.std(dim=1) < 1e-5) & (columns.std(dim=1) < 1e-5)
    level = views.mean(dim=(1, 2, 3))
    exponent = level.log() / torch.tensor(0.5).log()
    contrast = views.amax(dim=(1, 2, 3)) / level - 1
    contrast = (contrast / (0.02 * exponent))[unlit]
    assert 0.59 < contrast.min() < 0.65
    assert 1.35 < contrast.max() < 1.42


def test_a_coarse_view_keeps_its_level_and_loses_its_detail() -> None:
    random = torch.Generator().manual_seed(1)
    views = torch.rand(200, 1, 40, 40, generator=random)
    torch.manual_seed(5)
    coarse = _coarsen(views, 1.0)
    assert (coarse.std(dim=(1, 2, 3)) < 0.8 * views.std(dim=(1, 2, 3))).all()
    assert (coarse.mean(dim=(1, 2, 3)) - views.mean(dim=(1, 2, 3))).abs().max() < 0.02
    changed = (_coarsen(views, 0.3) != views).flatten(1).any(dim=1)
    assert changed.float().mean() == pytest.approx(0.3, abs=0.1)
    assert torch.equal(_coarsen(views, 0.0), views)


def test_edges_are_sharpened_or_blurred_and_flat_places_left_alone() -> None:
    step = torch.full((300, 1, 20, 20), 0.3)
    step[..., 10:] = 0.7
    torch.manual_seed(6)
    views = _sharpen_or_blur(step, 1.0)
    torch.testing.assert_close(views[..., :8], step[..., :8])
    torch.testing.assert_close(views[..., 12:], step[..., 12:])
    jump = views[:, 0, 10, 10] - views[:, 0, 10, 9]
    # a whole blur leaves 6/16 of a jump, as much sharpening adds 10/16
    assert 0.375 * 0.4 <= jump.min() < 0.4 * 0.4
    assert 1.6 * 0.4 < jump.max() <= 1.626 * 0.4
    torch.testing.assert_close(_sharpen_or_blur(step, 0.0), step)


def test_noise_is_at_most_as_strong_as_the_config_says() -> None:
    clean: list[torch.Tensor] = []
    noisy: list[torch.Tensor] = []
    for noise, views in ((0.0, clean), (0.02, noisy)):
        torch.manual_seed(7)
        views.append(augment(pictures(200), Config(size=40, noise=noise, occlude=0)))
    inside = (clean[0] > 0.1) & (clean[0] < 0.9)
    added = [part[mask].std() for part, mask in zip(noisy[0] - clean[0], inside, strict=True)]
    assert 0.018 < max(each.item() for each in added if each.isfinite()) < 0.0215


def soft_pictures(count: int) -> torch.Tensor:
    """Float [count, 1, 64, 64] in 0..1, as smooth as faces, each with one sharp edge."""
    torch.manual_seed(8)
    views = torch.nn.functional.interpolate(torch.rand(count, 1, 6, 6), size=64, mode="bilinear")
    views[..., 37:] *= 0.5
    return (views * 255).round() / 255


def test_the_share_of_pictures_that_jpeg_is_imitated_for_is_that_of_the_config() -> None:
    views = soft_pictures(400)
    torch.manual_seed(9)
    changed = (_compress(views, 0.3) != views).flatten(1).any(dim=1)
    assert changed.float().mean() == pytest.approx(0.3, abs=0.06)
    assert (_compress(views, 1.0) != views).flatten(1).any(dim=1).all()


def test_a_compressed_view_is_what_a_jpeg_of_a_quality_in_the_range_gives_back() -> None:
    views = soft_pictures(60)
    least, best = JPEG_QUALITY
    assert (least, best) == (15, 80)
    random = np.random.default_rng()
    known = []
    for before, after in zip(views, _compress(views, 1.0), strict=True):
        picture, got = ((each[0] * 255).round().byte().numpy() for each in (before, after))
        gray = np.repeat(picture[..., None], 3, axis=2)
        known += [
            quality
            for quality in range(1, 101)
            if np.abs(compressed(gray, quality, random)[..., 0].astype(int) - got).max() <= 1
        ][:1]
    assert len(known) == 60
    assert least <= min(known) < least + 15
    assert best - 15 < max(known) <= best


def test_without_jpeg_views_are_those_of_before_there_was_any() -> None:
    views = soft_pictures(4)
    torch.manual_seed(10)
    untouched, next_draw = _compress(views, 0.0), torch.rand(3)
    assert torch.equal(untouched, views)
    torch.manual_seed(10)
    assert torch.equal(next_draw, torch.rand(3))
    assert Config().jpeg == 0


def test_augmentation_compresses_last_and_by_the_config() -> None:
    torch.manual_seed(11)
    plain = augment(pictures(20), Config(size=40))
    torch.manual_seed(11)
    views = augment(pictures(20), Config(size=40, jpeg=1.0))
    torch.testing.assert_close(views, (views * 255).round() / 255)  # whole levels, as a file has
    assert 0.005 < (plain - views).abs().mean() < 0.2
