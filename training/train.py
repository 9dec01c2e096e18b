"""Train the emotion network; resumable after any interruption. The steps are in training/loop.py.

A checkpoint is written after every pass. Everything random in pass p is drawn from a seed made of
the config's seed and p, so a run that was killed and resumed ends with the same weights as one
that was not (on a GPU: up to the rounding of its kernels). The pass whose averaged weights do
best on the public test, by the mean of accuracy and macro-F1, is kept for export.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from training.answers import logits_of, save, taught
from training.augment import augment
from training.board import OnPass, board
from training.config import Config, add_arguments, from_arguments
from training.data import DATA_HELP, PUBLIC_TEST, Faces, load, scored_rows
from training.examples import Examples, prepare
from training.loop import Learner, new_optimiser, one_pass
from training.metrics import Metrics, measure
from training.model import EmotionNet
from training.origin import write_origin
from training.team import Team, launch, launched, leave

SAMPLE = 512
"""Pictures on which the starting weights are fitted."""


def set_up(config: Config) -> Team:
    """Join the processes that train together; set this one's device, threads and chance."""
    team = Team.join()
    torch.set_default_device(team.device)
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    return team


def begin(network: EmotionNet, examples: Examples, config: Config, earlier: Path | None) -> None:
    """Start from an earlier run's `best.pt`, or from weights that know something, if asked for.

    The latter are fitted to how this run's pictures look.
    """
    if earlier is not None:
        device = examples.pictures.device
        kept = torch.load(earlier / "best.pt", map_location=device, weights_only=True)
        network.load_state_dict(kept["weights"])
        return
    if not config.pretrained:
        return
    chosen = torch.randperm(len(examples.pictures))[:SAMPLE]
    network.start_knowing(augment(examples.pictures[chosen], config))


def at_pass(config: Config, done: int) -> Config:
    """Give the config as it holds for the next pass: early ones see smaller pictures.

    They are several times as quick. Progressive resizing: Tan and Le 2021, arXiv 2104.00298.
    """
    return replace(config, size=config.early_size) if done < config.early_passes else config


def tune(network: EmotionNet, faces: Faces, size: int) -> tuple[Metrics, Tensor, Tensor]:
    """Metrics, before calibration, logits [M, 6] and labels [M] of the public test.

    Each picture is seen once, as the frames of a stream are.
    """
    rows, labels = scored_rows(faces, PUBLIC_TEST)
    logits = logits_of(network, torch.from_numpy(faces.images[rows]), size, both_ways=False)
    metrics = measure(torch.softmax(logits, dim=1).numpy(), labels)
    return metrics, logits, torch.from_numpy(labels)


def train(
    faces: Faces,
    config: Config,
    out: Path,
    *,
    resume: bool = True,
    on_step: Callable[[int], None] = lambda step: None,
    on_pass: OnPass = lambda line: None,
    start_from: Path | None = None,
    teachers: Sequence[Path] = (),
    kind: type[EmotionNet] = EmotionNet,
) -> EmotionNet:
    """Run or continue the training in `out` and return the averaged network of the last pass.

    Writes config.json, origin.json (what it begins with), log.jsonl (one line per pass), last.pt
    (to resume from), best.pt (averaged weights and public-test logits, for export), teachers.pt
    (what teachers answered). `on_step` is told the number of finished steps, `on_pass` each line
    of the log. `start_from`: the folder of an earlier run, whose kept weights are where this one
    begins; its config may differ in everything but the network. `teachers`: folders of finished
    runs, whose answers are `config.distill` of the target. `kind`: the network; only the usual
    one can be read from the folder again by the other commands.

    In a process that torchrun started, all of the team train the same network, and its leader
    alone writes and calls `on_pass`. Raises `ValueError` where they cannot divide a batch.
    """
    team = set_up(config)
    device = team.device
    out.mkdir(parents=True, exist_ok=True)
    examples = prepare(faces, config.balance, device, hard=config.hard_labels)
    network, ema = kind(config), kind(config)
    # twice as fast on a CPU; torch's stubs do not know the argument
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    log: list[str] = []
    best = -1.0
    resuming = resume and (out / "last.pt").exists()
    with team.in_turn():
        if not resuming:
            begin(network, examples, config, start_from)
        if config.distill:
            examples = taught(examples, teachers, config.distill, out / "teachers.pt")
    ema.load_state_dict(network.state_dict())
    ema.requires_grad_(False)
    learner = Learner(network, ema, team.share(network), new_optimiser(network, config), team)
    if resuming:
        state = torch.load(out / "last.pt", map_location=device, weights_only=True)
        learner.restore(state)
        best = state["best"]
        log = (out / "log.jsonl").read_text().splitlines()[: state["passes"]]
    per_pass = len(examples.pictures) // config.batch
    if team.leads:
        config.save(out / "config.json")
        if not resuming:
            write_origin(
                out, faces.source, config,
                knows=kind.KNOWS, earlier=start_from, teachers=teachers,
            )  # fmt: skip
        after = f", resuming after pass {len(log)}" if resuming else ""
        print(f"{len(examples.pictures)} pictures, {per_pass} steps a pass{after}", flush=True)

    for done in range(len(log), config.passes):
        now = at_pass(config, done)
        torch.manual_seed(config.seed * 1_000_003 + done)
        started = time.perf_counter()
        loss = one_pass(learner, examples, now, step=done * per_pass, on_step=on_step)
        seconds = time.perf_counter() - started
        if not team.leads:
            continue
        metrics, logits, labels = tune(ema, faces, now.size)
        merit = (metrics.accuracy + metrics.macro_f1) / 2
        if merit > best and now.size == config.size:
            best = merit
            kept = {"weights": ema.state_dict(), "pass": done + 1}
            save(out / "best.pt", kept | {"public_logits": logits, "public_labels": labels})
        line = {
            "pass": done + 1,
            "size": now.size,
            "loss": round(loss, 4),
            "public_test_accuracy": round(metrics.accuracy, 4),
            "public_test_macro_f1": round(metrics.macro_f1, 4),
            "seconds": round(seconds, 1),
            "pictures_per_second": round(per_pass * config.batch / seconds, 1),
        }
        log.append(json.dumps(line))
        (out / "log.jsonl").write_text("\n".join(log) + "\n")
        print(log[-1], flush=True)
        on_pass(line)
        save(out / "last.pt", learner.state() | {"passes": done + 1, "best": best})
    return ema


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(prog="python -m training train", description=__doc__)
    parser.add_argument(
        "--data", type=Path, nargs="+", required=True, metavar="PATH",
        help=DATA_HELP,
    )  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, help="folder of the run")
    parser.add_argument(
        "--resume", action=argparse.BooleanOptionalAction, default=True,
        help="continue what is in the folder (default), or start afresh",
    )  # fmt: skip
    parser.add_argument(
        "--start-from", type=Path, metavar="RUN",
        help="folder of an earlier run: begin with its best weights (a larger --size, say)",
    )  # fmt: skip
    parser.add_argument(
        "--teacher", type=Path, nargs="+", default=[], metavar="RUN",
        help="folders of finished runs, whose answers are --distill of the target",
    )  # fmt: skip
    parser.add_argument(
        "--workers", type=int, default=1, metavar="N",
        help="processes on this machine, a GPU each or --threads of a CPU; --batch is divided",
    )  # fmt: skip
    parser.add_argument("--board", type=Path, metavar="DIR", help="log to TensorBoard there")
    add_arguments(parser)
    arguments = parser.parse_args(arguments_given)
    config = from_arguments(arguments)
    if config.distill and not arguments.teacher:
        parser.error("--distill needs a --teacher")
    if config.batch % arguments.workers:
        parser.error(f"--batch {config.batch} cannot be divided by {arguments.workers} workers")
    if arguments.workers > 1 and not launched():
        given = sys.argv[1:] if arguments_given is None else arguments_given
        launch(arguments.workers, "training.train", given)
        return
    train(
        load(arguments.data),
        config,
        arguments.out,
        resume=arguments.resume,
        on_pass=board(arguments.board) if arguments.board else lambda line: None,
        start_from=arguments.start_from,
        teachers=arguments.teacher,
    )
    leave()


if __name__ == "__main__":
    main()
