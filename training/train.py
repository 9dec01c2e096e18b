"""Train the emotion network: one script from top to bottom, resumable after any interruption.

A checkpoint is written after every pass. Everything random in pass p is drawn from a seed made of
the config's seed and p, so a run that was killed and resumed ends with the same weights as one
that was not (on a GPU: up to the rounding of its kernels). The pass whose averaged weights do
best on the public test, by the mean of accuracy and macro-F1, is kept for export.
"""

import argparse
import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training import face_weights
from training.augment import augment, resize
from training.board import OnPass, board
from training.config import Config, add_arguments, from_arguments
from training.data import PUBLIC_TEST, Faces, load, scored_rows
from training.examples import Examples, prepare
from training.metrics import Metrics, measure
from training.model import EmotionNet

LARGEST_GRADIENT = 5.0
"""Norm that the gradient is cut to."""
SAMPLE = 512
"""Pictures on which the starting weights are fitted."""


def learning_rate(step: int, steps: int, config: Config) -> float:
    """One cycle (Smith 2018, arXiv 1803.09820): linear up to the peak, cosine down to zero."""
    rise = max(1, round(config.warmup * steps))
    if step < rise:
        return config.learning_rate * (step + 1) / rise
    along = (step - rise) / max(1, steps - rise)
    return config.learning_rate * 0.5 * (1 + math.cos(math.pi * along))


def begin(network: EmotionNet, examples: Examples, config: Config, earlier: Path | None) -> None:
    """Start from an earlier run's `best.pt`, or from weights that know faces, if asked for.

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
    face_weights.fetch()
    network.start_from(face_weights.read(), augment(examples.pictures[chosen], config))


def at_pass(config: Config, done: int) -> Config:
    """Give the config as it holds for the next pass: early ones see smaller pictures.

    They are several times as quick. Progressive resizing: Tan and Le 2021, arXiv 2104.00298.
    """
    return replace(config, size=config.early_size) if done < config.early_passes else config


def new_optimiser(network: EmotionNet, config: Config) -> torch.optim.AdamW:
    """AdamW; biases and normalisation parameters do not decay."""
    matrices = [p for p in network.parameters() if p.ndim > 1]
    vectors = [p for p in network.parameters() if p.ndim <= 1]
    groups = [
        {"params": matrices, "weight_decay": config.weight_decay},
        {"params": vectors, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=config.learning_rate)


@torch.no_grad()
def average(ema: EmotionNet, network: EmotionNet, decay: float) -> None:
    """Move the averaged weights and normalisation statistics a step towards the network's."""
    for slow, fast in zip(ema.state_dict().values(), network.state_dict().values(), strict=True):
        if slow.is_floating_point():
            slow.lerp_(fast, 1 - decay)
        else:
            slow.copy_(fast)


@torch.no_grad()
def logits_of(network: EmotionNet, pictures: Tensor, size: int) -> Tensor:
    """Logits [N, 6] on the CPU, seen both ways, of uint8 [N, 48, 48] as framed in the data."""
    network.eval()
    device = next(network.parameters()).device
    batches = pictures.to(device).split(256)
    return torch.cat([network.both_ways(resize(batch, size)) for batch in batches]).cpu()


def tune(network: EmotionNet, faces: Faces, size: int) -> tuple[Metrics, Tensor, Tensor]:
    """Metrics, before calibration, logits [M, 6] and labels [M] of the public test."""
    rows, labels = scored_rows(faces, PUBLIC_TEST)
    logits = logits_of(network, torch.from_numpy(faces.images[rows]), size)
    metrics = measure(torch.softmax(logits, dim=1).numpy(), labels)
    return metrics, logits, torch.from_numpy(labels)


def save(path: Path, content: Any) -> None:
    """Write a torch file so that a kill leaves the old one or the new one, never half of one."""
    fresh = path.with_suffix(".new")
    torch.save(content, fresh)
    fresh.replace(path)


def one_pass(
    networks: tuple[EmotionNet, EmotionNet],
    optimiser: torch.optim.Optimizer,
    examples: Examples,
    config: Config,
    *,
    step: int,
    on_step: Callable[[int], None],
) -> float:
    """Train (network, its average) on all pictures once, in random order; return the mean loss.

    `step` steps of the run are done. A last batch that would not be full is left out.
    """
    network, ema = networks
    per_pass = len(examples.pictures) // config.batch
    total = 0.0
    network.train()
    forward = torch.compile(network) if config.compiled else network
    order = torch.randperm(len(examples.pictures))
    for chosen in order[: per_pass * config.batch].split(config.batch):
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step, per_pass * config.passes, config)
        logits = forward(augment(examples.pictures[chosen], config))
        per_picture = -(examples.target[chosen] * logits.log_softmax(dim=1)).sum(dim=1)
        loss = (per_picture * examples.weight[chosen]).mean()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), LARGEST_GRADIENT)
        optimiser.step()
        step += 1
        average(ema, network, min(config.ema_decay, step / (step + 10)))
        total += loss.item()
        on_step(step)
        if step % 50 == 0:
            print(f"  step {step} loss {loss.item():.3f}", flush=True)
    return total / per_pass


def train(
    faces: Faces,
    config: Config,
    out: Path,
    *,
    resume: bool = True,
    on_step: Callable[[int], None] = lambda step: None,
    on_pass: OnPass = lambda line: None,
    start_from: Path | None = None,
) -> EmotionNet:
    """Run or continue the training in `out` and return the averaged network of the last pass.

    Writes config.json, log.jsonl (one line per pass), last.pt (to resume from), best.pt (averaged
    weights and public-test logits, for export). `on_step` is told the number of finished steps,
    `on_pass` each line of the log. `start_from`: the folder of an earlier run, whose kept weights
    are where this one begins; its config may differ in everything but the network.
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.set_default_device(device)
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    out.mkdir(parents=True, exist_ok=True)
    examples = prepare(faces, config.balance, device)
    network, ema = EmotionNet(config), EmotionNet(config)
    # twice as fast on a CPU; torch's stubs do not know the argument
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimiser = new_optimiser(network, config)
    log: list[str] = []
    best = -1.0
    resuming = resume and (out / "last.pt").exists()
    if not resuming:
        begin(network, examples, config, start_from)
    ema.load_state_dict(network.state_dict())
    ema.requires_grad_(False)
    if resuming:
        state = torch.load(out / "last.pt", map_location=device, weights_only=True)
        network.load_state_dict(state["network"])
        ema.load_state_dict(state["ema"])
        optimiser.load_state_dict(state["optimiser"])
        best = state["best"]
        log = (out / "log.jsonl").read_text().splitlines()[: state["passes"]]
        print(f"resuming after pass {len(log)}", flush=True)
    config.save(out / "config.json")
    per_pass = len(examples.pictures) // config.batch
    print(f"{len(examples.pictures)} pictures, {per_pass} steps a pass", flush=True)

    for done in range(len(log), config.passes):
        now = at_pass(config, done)
        torch.manual_seed(config.seed * 1_000_003 + done)
        started = time.perf_counter()
        loss = one_pass(
            (network, ema), optimiser, examples, now, step=done * per_pass, on_step=on_step
        )
        seconds = time.perf_counter() - started
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
        state = {
            "network": network.state_dict(),
            "ema": ema.state_dict(),
            "optimiser": optimiser.state_dict(),
            "passes": done + 1,
            "best": best,
        }
        save(out / "last.pt", state)
    return ema


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description=__doc__)
    parser.add_argument(
        "--data", type=Path, nargs="+", required=True, metavar="PATH",
        help="fer2013plus.npz, or fer2013.csv and fer2013new.csv, or a folder with either",
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
    parser.add_argument("--board", type=Path, metavar="DIR", help="log to TensorBoard there")
    add_arguments(parser)
    arguments = parser.parse_args(arguments_given)
    train(
        load(arguments.data),
        from_arguments(arguments),
        arguments.out,
        resume=arguments.resume,
        on_pass=board(arguments.board) if arguments.board else lambda line: None,
        start_from=arguments.start_from,
    )


if __name__ == "__main__":
    main()
