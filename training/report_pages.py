"""What `report` writes: docs/model/results.md, and the measured part of models/emotion.md."""

from pathlib import Path
from typing import Any

from today_feeling.domain.emotion import EMOTIONS
from training import groups, personal
from training.formats import as_markdown as forms_table
from training.pages import marks_of, renew
from training.robustness import worst

MARKS = marks_of("make model-report")
SPLIT_NAMES = {
    "private_test_both_ways": "private test, still pictures (seen both ways)",
    "private_test": "private test, frames (seen once)",
    "public_test_both_ways": "public test (chosen on), still pictures",
    "public_test": "public test (chosen on), frames",
}

Json = dict[str, Any]


def results_page(card: Json, result: Json, browser: Json | None = None) -> str:
    """The page `docs/model/results.md`; `browser`: milliseconds of the forms in Chromium."""
    lines = [
        f"# The emotion model {card['version']}, measured",
        "",
        "Written by `make model-report`; do not edit. Choices were made on the public test, and"
        " pictures on this page show it. Bad conditions: [robustness.md](robustness.md).",
        "",
        *accuracy_lines(card),
        "",
        *group_lines(result),
        "![Confusion matrix](confusion.png)",
        "",
        "## How sure, and when to say nothing",
        "",
        *abstention_lines(card),
        "",
        "![Reliability](reliability.png) ![Accuracy against coverage](risk_coverage.png)",
    ]
    if "attention" in result:
        zones = list(next(iter(result["attention"].values())))
        lines += [
            "",
            "## Where it looks",
            "",
            "Grad-CAM of rightly read pictures, averaged, over the average face of each class; the",
            "share of the map in zones around where the detector finds eyes and mouth.",
            "",
            "![Attention per class](gradcam.png)",
            "",
            "| | " + " | ".join(zones) + " |",
            "|---" * (len(zones) + 1) + "|",
            *(
                f"| {name} | " + " | ".join(f"{shares[zone]:.0%}" for zone in zones) + " |"
                for name, shares in result["attention"].items()
            ),
        ]
    if "forms" in result:
        pictures = card["metrics"]["public_test"]["pictures"]
        lines += [
            "",
            "## Forms of the file",
            "",
            "`gap`: largest difference of a probability from PyTorch on the golden crops. Times of",
            "one crop on one thread, forms by turns, the fastest twentieth of 200.",
            "",
            forms_table(result["forms"], pictures, browser),
        ]
    if "forms" in result and browser:
        lines += [
            "",
            "Chromium: LiteRT.js, one WASM thread, made by `python -m benchmarks.forms_browser`.",
            "The app widens float16 weights when it loads the file, so that they run as float32;",
            "as they are, they would be widened again for every picture.",
        ]
    lines += [
        "",
        "## A personal neutral",
        "",
        "Accuracy / macro-F1 over synthetic people (training/personal.py), by the strength of a",
        "bias on the logits learned from 1 or 10 neutral pictures of each; strength 0 is without.",
        "",
        personal.as_markdown(result["personal"]),
    ]
    return "\n".join([*lines, ""])


def accuracy_lines(card: Json) -> list[str]:
    """Tables of all splits that were scored, over all classes and for each."""
    scored = {
        name: metrics
        for split, name in SPLIT_NAMES.items()
        if (metrics := card["metrics"].get(split))
    }
    lines = ["| | pictures | accuracy | macro-F1 | ECE (15 bins) |", "|---|---|---|---|---|"]
    lines += [
        f"| {name} | {m['pictures']:,} | {m['accuracy']:.3f} | {m['macro_f1']:.3f} | "
        f"{m['ece_15']:.3f} |"
        for name, m in scored.items()
    ]
    for name, metrics in scored.items():
        counts = [sum(row) for row in metrics["confusion"]]
        lines += [
            "",
            f"| {name} | " + " | ".join(EMOTIONS) + " |",
            "|---" * (len(EMOTIONS) + 1) + "|",
            "| pictures | " + " | ".join(f"{count:,}" for count in counts) + " |",
        ]
        for key, title in (("recall", "recall"), ("f1", "F1")):
            cells = [f"{metrics[key][emotion]:.3f}" for emotion in EMOTIONS]
            lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return lines


def group_lines(result: Json) -> list[str]:
    """Results by brightness, where they were measured, with an empty line after them."""
    return [*groups.as_lines(result["brightness"]), ""] if "brightness" in result else []


def abstention_lines(card: Json) -> list[str]:
    """What the threshold does on the public test, and what it can be trusted to do."""
    choice, threshold = card["threshold_choice"], card["thresholds"]["unsure"]
    lines = [
        f"Above the threshold `unsure` ({threshold:.2f}) the model answers "
        f"{choice['coverage']:.1%} of the public test, {choice['accuracy_of_answers']:.1%} of "
        f"these rightly (wanted: {choice['wanted_accuracy']:.0%})."
    ]
    if kept := choice.get("chosen_on_one_half_kept_on_the_other"):
        lines.append(
            f"Chosen on one random half and looked at on the other, it answers "
            f"{kept['coverage']:.1%}, {kept['accuracy_of_answers']:.1%} rightly; in one of twenty "
            f"halvings less than {kept['accuracy_of_answers_5_percent']:.1%}. "
            f"Area under the risk-coverage curve: {choice['area_under_risk_coverage']:.3f}."
        )
    return [*lines, *answered_lines(card)]


def answered_lines(card: Json) -> list[str]:
    """What the threshold does on each split that was scored since it was chosen."""
    threshold = card["thresholds"]["unsure"]
    rows = []
    for split, name in SPLIT_NAMES.items():
        answered = (card["metrics"].get(split) or {}).get("answered")
        if answered and answered["unsure"] == threshold:
            coverage, accuracy = answered["coverage"], answered["accuracy_of_answers"]
            rows.append(f"| {name} | {coverage:.1%} | {accuracy:.1%} |")
    if not rows:
        return []
    return [
        "",
        f"| at the fixed threshold {threshold:.2f} | answered | of these right |",
        "|---|---|---|",
        *rows,
        "",
        "All of this is of single readings. A stream holds the threshold against probabilities "
        "that are smoothed over frames (`docs/temporal.md`): no figure here is of that.",
    ]


def renew_card_page(page: Path, card: Json, result: Json, robustness: Json | None) -> None:
    """Rewrite what stands between the marks of the card's page; the rest is people's.

    Raises `ValueError` where the page has no marks.
    """
    lines = [*accuracy_lines(card), "", *group_lines(result), *abstention_lines(card)]
    if robustness:
        lines += [
            "",
            f"Under {len(robustness['doses'])} kinds of bad conditions (light, turning, blur, "
            "noise, things before the face ...) the accuracy of frames falls from "
            f"{robustness['clean']:.3f} to {robustness['mean']:.3f} on the average, on "
            f"{robustness['pictures']:,} pictures of the public test. Worst: {worst(robustness)}. "
            "All of it: `docs/model/robustness.md`.",
        ]
    renew(page, MARKS, lines)
