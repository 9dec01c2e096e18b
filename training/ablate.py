"""What each choice is worth: variants of one small run, each trained afresh with several seeds.

Every variant sees the same pictures as often and differs from the baseline in one thing. Seeds are
done one after the other, all variants with the first, then all with the second ...: stop when you
like, and run the same command again to go on. A budget (`--pictures`, `--passes`, `--size`) far
below a whole run shows large effects at best.
"""

import argparse
import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch

from training.answers import logits_of
from training.config import Config
from training.data import PUBLIC_TEST, Faces, load, scored_rows, spread_over, training_rows
from training.metrics import Metrics, measure
from training.model import EmotionNet
from training.pages import mean_and_spread, write_or_renew
from training.train import train

COMMAND = "python -m training ablate"
BASELINE: Final = "baseline"
NOT_AVERAGED, ONE_WAY = "weights not averaged", "read one way, not mirrored"
"""Read off the baseline's own runs."""
DISTILLED: Final = "distilled from a teacher"
GENTLE: Final[Mapping[str, Any]] = {
    "rotation": 8.0, "shift": 0.05, "scale": 0.07, "shear": 0.05, "darkest": 0.5,
    "occlude": 0.03, "noise": 0.01, "coarse": 0.06, "sharpness": 0.6,
}  # fmt: skip
VARIANTS: Final[dict[str, Mapping[str, Any]]] = {
    BASELINE: {},
    "random start": {"pretrained": False},
    "hard labels": {"hard_labels": True},
    "no camera effects, only mirrored": {"augmented": False},
    "gentle camera effects": GENTLE,
    "classes drawn evenly": {"sampling": 1.0, "balance": 0.0},
    "mixup": {"mixup": 0.2},
    DISTILLED: {"distill": 0.5},
    "input 48": {"size": 48},
    "input 96": {"size": 96},
}
"""What each changes in the baseline's config."""

Json = dict[str, Any]


@dataclass(frozen=True)
class Budget:
    """What every run may spend."""

    pictures: int
    passes: int
    size: int
    batch: int
    scored: int
    """Of the public test, at most."""
    pretrained: bool = True
    """Begin with the weights that know faces, where a variant does not say otherwise."""

    def config(self, seed: int, threads: int, *, compiled: bool) -> Config:
        """The baseline's; weights are averaged over a twentieth of the run, as in long ones."""
        steps = self.pictures // self.batch * self.passes
        return replace(
            Config(), pretrained=self.pretrained, size=self.size, early_size=self.size,
            passes=self.passes, batch=self.batch, seed=seed, threads=threads, compiled=compiled,
            ema_decay=1 - 1 / max(10, steps / 20),
        )  # fmt: skip


def small(faces: Faces, budget: Budget) -> Faces:
    """As many training pictures as the budget has, drawn at random, and its share of the public
    test; the same ones for every variant and seed."""
    train_on = training_rows(faces)
    drawn = np.random.default_rng(0).permutation(train_on)[: budget.pictures]
    test, _ = scored_rows(faces, PUBLIC_TEST)
    rows = np.concatenate([np.sort(drawn), spread_over(test, budget.scored)])
    return replace(
        faces,
        images=faces.images[rows],
        usage=faces.usage[rows],
        votes=faces.votes[rows],
        has_image=faces.has_image[rows],
        copy_of_row=np.full(len(rows), -1, np.int64),
    )


def score(network: EmotionNet, faces: Faces, size: int, *, both_ways: bool = True) -> Metrics:
    """Metrics of the public test."""
    rows, labels = scored_rows(faces, PUBLIC_TEST)
    logits = logits_of(network, torch.from_numpy(faces.images[rows]), size, both_ways=both_ways)
    return measure(logits.softmax(dim=1).numpy(), labels)


def numbers(metrics: Metrics) -> Json:
    """What is kept of a run's metrics."""
    return {"accuracy": round(metrics.accuracy, 4), "macro_f1": round(metrics.macro_f1, 4)}


def run_variant(
    name: str, faces: Faces, config: Config, out: Path, teachers: Sequence[Path]
) -> dict[str, Json]:
    """Train one variant, or read what it gave: results by name, of the baseline three."""
    done = out / "result.json"
    if done.exists():
        stored: dict[str, Json] = json.loads(done.read_text())
        return stored
    ema = train(faces, config, out, teachers=teachers)
    result = {name: numbers(score(ema, faces, config.size))}
    if name == BASELINE:
        result[ONE_WAY] = numbers(score(ema, faces, config.size, both_ways=False))
        ema.load_state_dict(torch.load(out / "last.pt", weights_only=True)["network"])
        result[NOT_AVERAGED] = numbers(score(ema, faces, config.size))
    done.write_text(json.dumps(result) + "\n")
    for weights in out.glob("*.pt"):
        weights.unlink()  # the numbers are what was wanted
    return result


def ablate(
    faces: Faces,
    budget: Budget,
    out: Path,
    *,
    seed: int,
    teachers: Sequence[Path],
    threads: int,
    compiled: bool,
    names: Sequence[str] = tuple(VARIANTS),
) -> dict[str, Json]:
    """All variants with one seed: results by name. Without a teacher nothing is distilled."""
    chosen = small(faces, budget)
    result: dict[str, Json] = {}
    for name in names:
        if name == DISTILLED and not teachers:
            continue
        config = replace(budget.config(seed, threads, compiled=compiled), **VARIANTS[name])
        config = replace(config, early_size=config.size)
        folder = out / f"{name.replace(',', '').replace(' ', '_')}-{seed}"
        print(f"{name}, seed {seed}", flush=True)
        result |= run_variant(name, chosen, config, folder, teachers)
    return result


def gathered(by_seed: Sequence[dict[str, Json]]) -> dict[str, dict[str, list[float]]]:
    """Accuracy and macro-F1 of every variant, one number for each seed that has it."""
    names = [name for result in by_seed[:1] for name in result]
    return {
        name: {
            key: [result[name][key] for result in by_seed if name in result]
            for key in ("accuracy", "macro_f1")
        }
        for name in names
    }


def as_lines(result: Json) -> list[str]:
    """The measured part of `docs/model/ablations.md`."""
    budget = Budget(**result["budget"])
    scores = result["variants"]
    seeds = len(scores[BASELINE]["accuracy"])
    lines = [
        f"{budget.pictures:,} random training pictures, {budget.passes} passes, {budget.size} "
        f"pixels, batches of {budget.batch}; {budget.scored:,} pictures of the public test; "
        f"{seeds} {'seeds' if seeds > 1 else 'seed'}. Mean, in brackets the standard deviation "
        "over the seeds; the difference from the baseline, in points, is of runs of equal seed.",
        "",
        "| | accuracy | difference | macro-F1 | difference |",
        "|---|---|---|---|---|",
    ]
    for name, each in scores.items():
        cells = []
        for key in ("accuracy", "macro_f1"):
            cells += [mean_and_spread(each[key]), differences(each[key], scores[BASELINE][key])]
        if name == BASELINE:
            cells[1] = cells[3] = ""
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def differences(values: Sequence[float], baseline: Sequence[float]) -> str:
    """`-3.1 (-4.0 to -2.2)`: mean, least and largest difference from the baseline, in points."""
    each = [100 * (a - b) for a, b in zip(values, baseline, strict=False)]
    if len(each) == 1:
        return f"{each[0]:+.1f}"
    return f"{statistics.mean(each):+.1f} ({min(each):+.1f} to {max(each):+.1f})"


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Parse the command line, train what is missing, write after every seed."""
    parser = argparse.ArgumentParser(
        prog=COMMAND, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, nargs="+", required=True, metavar="PATH")
    parser.add_argument("--work", type=Path, required=True, help="folder of all the runs")
    parser.add_argument("--out", type=Path, default=Path("docs/model"), help="%(default)s")
    parser.add_argument("--teacher", type=Path, nargs="+", default=[], metavar="RUN")
    parser.add_argument("--seeds", type=int, default=2, help="(%(default)s)")
    parser.add_argument("--pictures", type=int, default=10_000, help="(%(default)s)")
    parser.add_argument("--passes", type=int, default=3, help="(%(default)s)")
    parser.add_argument("--size", type=int, default=64, help="the baseline's (%(default)s)")
    parser.add_argument("--batch", type=int, default=32, help="(%(default)s)")
    parser.add_argument("--scored", type=int, default=10_000, help="of the public test, at most")
    parser.add_argument(
        "--pretrained", action=argparse.BooleanOptionalAction, default=True,
        help="begin with the weights that know faces (a download of 144 MB, once)",
    )  # fmt: skip
    parser.add_argument("--only", nargs="+", choices=VARIANTS, default=list(VARIANTS))
    parser.add_argument("--threads", type=int, default=1, help="(%(default)s)")
    parser.add_argument("--compiled", action="store_true", help="quicker, needs a C++ compiler")
    arguments = parser.parse_args(arguments_given)
    faces = load(arguments.data)
    budget = Budget(
        min(arguments.pictures, len(training_rows(faces))), arguments.passes, arguments.size,
        arguments.batch, min(arguments.scored, len(scored_rows(faces, PUBLIC_TEST)[0])),
        arguments.pretrained,
    )  # fmt: skip
    names = [name for name in VARIANTS if name == BASELINE or name in arguments.only]
    work = arguments.work / "-".join(str(each) for each in vars(budget).values())
    arguments.out.mkdir(parents=True, exist_ok=True)
    by_seed: list[dict[str, Json]] = []
    for seed in range(1, arguments.seeds + 1):
        done = ablate(
            faces, budget, work, seed=seed, teachers=arguments.teacher,
            threads=arguments.threads, compiled=arguments.compiled, names=names,
        )  # fmt: skip
        by_seed.append(done)
        result = {"budget": vars(budget), "variants": gathered(by_seed)}
        (arguments.out / "ablations.json").write_text(json.dumps(result, indent=1) + "\n")
        write_or_renew(arguments.out / "ablations.md", COMMAND, "Ablations", as_lines(result))
    print("\n".join(as_lines(result)))


if __name__ == "__main__":
    main()
