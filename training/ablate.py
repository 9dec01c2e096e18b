"""What each choice is worth: variants of one small run, each trained afresh with several seeds.

Every variant sees the same pictures as often and differs from the baseline in one thing. Seeds are
done one after the other, all variants with the first, then all with the second ...: stop when you
like, and run the same command again to go on. A budget (`--pictures`, `--passes`, `--size`) far
below a whole run shows large effects at best.
"""

import argparse
import hashlib
import json
import statistics
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from training.answers import digest_of, logits_of
from training.arguments import add_data
from training.config import Config
from training.data import PUBLIC_TEST, Faces, load, scored_rows, training_rows
from training.metrics import Metrics, measure
from training.model import EmotionNet
from training.pages import mean_and_spread, write_or_renew
from training.saved import belongs
from training.train import train
from training.variants import (
    BASELINE,
    DISTILLED,
    NOT_AVERAGED,
    ONE_WAY,
    VARIANTS,
    Budget,
    small,
)

COMMAND = "python -m training ablate"
Json = dict[str, Any]


def score(network: EmotionNet, faces: Faces, size: int, *, both_ways: bool = True) -> Metrics:
    """Metrics of the public test."""
    rows, labels = scored_rows(faces, PUBLIC_TEST)
    logits = logits_of(network, torch.from_numpy(faces.images[rows]), size, both_ways=both_ways)
    return measure(logits.softmax(dim=1).numpy(), labels)


def numbers(metrics: Metrics) -> Json:
    """What is kept of a run's metrics."""
    return {"accuracy": round(metrics.accuracy, 4), "macro_f1": round(metrics.macro_f1, 4)}


def fingerprint(faces: Faces, config: Config, teachers: Sequence[Path]) -> str:
    """Changes with everything that a run's numbers depend on, and not with how quickly it runs."""
    whole = hashlib.sha256(repr(replace(config, threads=1, compiled=False)).encode())
    for rows in (faces.images, faces.usage, faces.votes):
        whole.update(rows.tobytes())
    if config.distill:
        whole.update(digest_of(teachers).encode())
    return whole.hexdigest()


def run_variant(
    name: str, faces: Faces, config: Config, out: Path, teachers: Sequence[Path]
) -> dict[str, Json]:
    """Train one variant, or read what it gave: results by name, of the baseline three.

    What the folder holds of another config, other pictures or other teachers is thrown away.
    """
    belongs(out, fingerprint(faces, config, teachers))
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
    add_data(parser)
    parser.add_argument("--work", type=Path, required=True, help="folder of all the runs")
    parser.add_argument(
        "--out", type=Path, default=Path("docs/model"), help="folder for pages (%(default)s)"
    )
    parser.add_argument(
        "--teacher", type=Path, nargs="+", default=[], metavar="RUN",
        help="finished runs, from whose answers one variant learns; without, it is left out",
    )  # fmt: skip
    parser.add_argument("--seeds", type=int, default=2, help="runs of each variant (%(default)s)")
    parser.add_argument("--pictures", type=int, default=10_000, help="to learn from (%(default)s)")
    parser.add_argument("--passes", type=int, default=3, help="of each run (%(default)s)")
    parser.add_argument("--size", type=int, default=64, help="the baseline's (%(default)s)")
    parser.add_argument("--batch", type=int, default=32, help="pictures of a step (%(default)s)")
    parser.add_argument("--scored", type=int, default=10_000, help="of the public test, at most")
    parser.add_argument(
        "--pretrained", action=argparse.BooleanOptionalAction, default=True,
        help="begin with the weights that know faces (a download of 144 MB, once)",
    )  # fmt: skip
    parser.add_argument(
        "--only", nargs="+", choices=VARIANTS, default=list(VARIANTS), metavar="VARIANT",
        help=f"these beside the baseline (all): {', '.join(VARIANTS)}",
    )  # fmt: skip
    parser.add_argument("--threads", type=int, default=1, help="of the CPU (%(default)s)")
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
