"""Thirds by brightness."""

import numpy as np

from training.groups import as_lines, brightness, by_brightness


def test_thirds_are_told_apart_by_the_middle_of_the_face() -> None:
    images = np.zeros((30, 48, 48), np.uint8)
    images[:, 16:36, 12:36] = (np.arange(30) * 8)[:, None, None]
    images[::2, :10] = 255  # hair or hat: not looked at
    labels = np.arange(30) % 6
    probabilities = np.full((30, 6), 0.1, np.float32)
    probabilities[np.arange(30), labels] = 0.5
    probabilities[:5] = np.roll(probabilities[:5], 1, axis=1)  # the five darkest are misread
    assert brightness(images).tolist() == (np.arange(30) * 8.0).tolist()
    shuffled = np.random.default_rng(1).permutation(30)
    groups = by_brightness(images[shuffled], probabilities[shuffled], labels[shuffled])
    assert [each["pictures"] for each in groups] == [10, 10, 10]
    assert [each["accuracy"] for each in groups] == [0.5, 1, 1]
    assert [each["from"] for each in groups] == [0, 80, 160]
    assert groups[0]["error"] == 0.1581
    text = "\n".join(as_lines(groups))
    assert "| darkest third | 0-72 | 10 | 0.500 ± 0.158 |" in text
    assert "no measure of skin tone" in text
