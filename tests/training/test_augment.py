"""Views of pictures: what may change and what must not."""

import torch

from training.augment import _occlude, _warp, augment, resize
from training.config import Config

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
