"""Pictures for the model's pages, drawn with matplotlib: each function writes one PNG."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from today_feeling.domain.emotion import EMOTIONS
from training.metrics import Metrics
from training.selective import Reliability, RiskCoverage

INK = "#333333"
NOW = "#0072b2"
BEFORE = "#b0b0b0"
"""Distinguishable by colour-blind eyes (Okabe and Ito)."""


def _save(figure: Figure, path: Path) -> None:
    # No date inside: the same numbers give the same file.
    figure.savefig(path, dpi=110, bbox_inches="tight", metadata={"Software": None})


def draw_confusion(metrics: Metrics, title: str, path: Path) -> None:
    """True classes down, answers across; colour by the share of the row, pictures as numbers."""
    counts = np.array(metrics.confusion)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure = Figure(figsize=(5.4, 4.8))
    axes = figure.add_subplot()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for (row, column), count in np.ndenumerate(counts):
        colour = "white" if shares[row, column] > 0.5 else INK
        text = f"{count}\n{shares[row, column]:.2f}"
        axes.text(column, row, text, ha="center", va="center", color=colour, fontsize=8)
    axes.set_xticks(range(len(EMOTIONS)), EMOTIONS, rotation=30, ha="right")
    axes.set_yticks(range(len(EMOTIONS)), EMOTIONS)
    axes.set_xlabel("answer")
    axes.set_ylabel("what people saw")
    axes.set_title(title, fontsize=10)
    _save(figure, path)


def draw_reliability(bins: Reliability, ece: float, title: str, path: Path) -> None:
    """Accuracy against confidence, and below how many pictures had it."""
    figure = Figure(figsize=(5, 5))
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=[3, 1])
    upper.plot([0, 1], [0, 1], color=BEFORE, linestyle="--", label="as sure as right")
    upper.plot(bins.confidence, bins.accuracy, "o-", color=NOW, label=f"model (ECE {ece:.3f})")
    upper.set_ylabel("share of right answers")
    upper.set_ylim(0, 1)
    upper.legend(loc="upper left", fontsize=8)
    upper.set_title(title, fontsize=10)
    lower.bar(bins.confidence, bins.count, width=0.04, color=NOW)
    lower.set_xlabel("top probability")
    lower.set_ylabel("pictures")
    lower.set_xlim(0, 1)
    _save(figure, path)


def draw_risk_coverage(
    curve: RiskCoverage, wanted: float, chosen: tuple[float, float, float], title: str, path: Path
) -> None:
    """Accuracy of the answers against coverage; `chosen` is (threshold, coverage, accuracy)."""
    threshold, coverage, accuracy = chosen
    figure = Figure(figsize=(5.4, 4))
    axes = figure.add_subplot()
    shown = curve.coverage > 0.02  # the first few answers say nothing of a rate
    axes.plot(curve.coverage[shown], curve.accuracy[shown], color=NOW)
    axes.axhline(wanted, color=BEFORE, linestyle="--", linewidth=1)
    axes.plot([coverage], [accuracy], "o", color="#d55e00")
    axes.annotate(
        f"unsure below {threshold:.2f}:\n{coverage:.1%} answered, {accuracy:.1%} right",
        (coverage, accuracy), xytext=(-10, -40), textcoords="offset points", ha="right",
        fontsize=8, arrowprops={"arrowstyle": "-", "color": INK},
    )  # fmt: skip
    axes.set_xlabel("coverage: share of the pictures that are answered")
    axes.set_ylabel("share of right answers")
    axes.set_xlim(0, 1)
    axes.set_title(title, fontsize=10)
    _save(figure, path)


def draw_robustness(now: Mapping[str, Any], before: Mapping[str, Any] | None, path: Path) -> None:
    """One small plot for each effect: accuracy by dose, with the untouched accuracy as a line."""
    effects = list(now["doses"])
    across = 5
    down = -(-len(effects) // across)
    figure = Figure(figsize=(2.5 * across, 2.1 * down), layout="constrained")
    plots = figure.subplots(down, across, sharey=True).ravel()
    for axes, effect in zip(plots, effects, strict=False):
        for result, colour in ((before, BEFORE), (now, NOW)):
            if result and effect in result["doses"]:
                doses = result["doses"][effect]
                axes.axhline(result["clean"], color=colour, linestyle=":", linewidth=1)
                axes.plot(list(doses), list(doses.values()), "o-", color=colour, markersize=3)
        axes.set_title(effect, fontsize=9)
        axes.tick_params(labelsize=7)
    for axes in plots[len(effects) :]:
        axes.set_visible(False)
    legend = f"blue: version {now['version']}"
    if before:
        legend += f", gray: version {before['version']}"
    figure.suptitle(f"Accuracy by dose ({legend}; dotted: untouched)", fontsize=10)
    _save(figure, path)


def draw_attention(
    faces: NDArray[np.float32], maps: NDArray[np.float32], titles: Sequence[str], path: Path
) -> None:
    """Faces [N, S, S] in 0..1 with maps [N, S, S] in 0..1 over them, three in a row."""
    across = min(3, len(faces))
    down = -(-len(faces) // across)
    figure = Figure(figsize=(2.6 * across, 2.8 * down), layout="constrained")
    plots = np.atleast_1d(figure.subplots(down, across)).ravel()
    for axes in plots:
        axes.set_axis_off()
    for axes, face, heat, title in zip(plots, faces, maps, titles, strict=False):
        axes.imshow(face, cmap="gray", vmin=0, vmax=1)
        axes.imshow(heat, cmap="inferno", vmin=0, vmax=1, alpha=0.5)
        axes.set_title(title, fontsize=9)
    _save(figure, path)


def draw_landmarks(result: Mapping[str, Any], path: Path) -> None:
    """Accuracy of every set of points in every comparison; beside it the points on a mean face."""
    comparisons = result["comparisons"]
    mean = np.array(result["mean_mesh"])
    wide = len(comparisons) + 2
    figure = Figure(figsize=(2.6 * wide, 3.6), layout="constrained")
    plots = figure.subplots(1, wide)
    for axes, (title, sets) in zip(plots, comparisons.items(), strict=False):
        for place, (name, each) in enumerate(sets.items()):
            colour = BEFORE if name == "none" else NOW
            axes.plot([place] * len(each["accuracy"]), each["accuracy"], "o", color=colour, ms=4)
            axes.plot([place - 0.3, place + 0.3], [np.mean(each["accuracy"])] * 2, color=colour)
        axes.set_xticks(range(len(sets)), list(sets), rotation=45, ha="right", fontsize=7)
        axes.tick_params(axis="y", labelsize=7)
        axes.set_title(title.replace(", ", ",\n"), fontsize=8)
    plots[0].set_ylabel("accuracy, one dot for each seed", fontsize=8)
    shown = list(result["subsets"])[:2]
    for axes, name in zip(plots[len(comparisons) :], shown, strict=False):
        times = np.bincount(np.concatenate(result["subsets"][name]), minlength=len(mean))
        axes.scatter(mean[:, 0], mean[:, 1], s=2, color=BEFORE)
        axes.scatter(mean[:, 0], mean[:, 1], s=9 * times, color=NOW)
        axes.invert_yaxis()
        axes.set_aspect("equal")
        axes.set_axis_off()
        axes.set_title(f"learned, {name}\n(larger: by more seeds)", fontsize=8)
    _save(figure, path)
