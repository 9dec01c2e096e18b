"""What each choice is worth: variants of one small run, each trained afresh with several seeds.

Every variant sees the same pictures as often and differs from the baseline in one thing. Seeds are
done one after the other, all variants with the first, then all with the second ...: stop when you
like, and run the same command again to go on. The page is written after every run, of all that are
finished. A budget (`--pictures`, `--passes`, `--size`) far below a whole run shows large effects at
best.
"""

import argparse
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path

import torch

from training.ablation_page import Json, as_lines
from training.answers import digest_of, logits_of
from training.arguments import add_data
from training.config import Config
from training.data import PUBLIC_TEST, Faces, load, scored_rows, training_rows
from training.metrics import measure
from training.model import EmotionNet
from training.pages import write_or_renew
from training.saved import belongs
from training.train import train
from training.variants import (
    BASELINE,
    DISTILLED,
    LITE0,
    NOT_AVERAGED,
    ONE_WAY,
    VARIANTS,
    Budget,
    network_of,
    small,
)

COMMAND = "python -m training ablate"
QUICKNESS = {"threads", "compiled"}
"""Numbers of a config on which only the time of a run depends."""


def score(network: EmotionNet, faces: Faces, size: int, *, both_ways: bool = True) -> Json:
    """Accuracy and macro-F1 of the public test."""
    rows, labels = scored_rows(faces, PUBLIC_TEST)
    logits = logits_of(network, torch.from_numpy(faces.images[rows]), size, both_ways=both_ways)
    metrics = measure(logits.softmax(dim=1).numpy(), labels)
    return {"accuracy": round(metrics.accuracy, 4), "macro_f1": round(metrics.macro_f1, 4)}


@dataclass(frozen=True)
class Series:
    """The runs of all variants on the same pictures, each in a folder of its own."""

    faces: Faces
    """What all of them see: `small`."""
    budget: Budget
    folder: Path
    teachers: tuple[Path, ...] = ()
    threads: int = 1
    compiled: bool = False

    def config(self, name: str, seed: int) -> Config:
        """What a variant's run with this seed is trained by."""
        config = self.budget.config(seed, self.threads, compiled=self.compiled)
        config = replace(config, **VARIANTS[name])
        return replace(config, early_size=config.size)

    def run_folder(self, name: str, seed: int) -> Path:
        """Where that run is."""
        return self.folder / f"{name.replace(',', '').replace(' ', '_')}-{seed}"

    def fingerprint(self, name: str, seed: int) -> str:
        """Changes with everything that a run's numbers depend on, and not with how quick it is.

        What is switched off is no part of it: an option that is new, and off, spoils no old run.
        """
        config = asdict(self.config(name, seed))
        on = {key: value for key, value in config.items() if value and key not in QUICKNESS}
        parts = [json.dumps(on, sort_keys=True), self._pictures]
        if name in LITE0:
            parts.append("EfficientNet-Lite0")
        if "distill" in on:
            parts.append(digest_of(self.teachers))
        return hashlib.sha256(" ".join(parts).encode()).hexdigest()

    @cached_property
    def _pictures(self) -> str:
        whole = hashlib.sha256()
        for rows in (self.faces.images, self.faces.usage, self.faces.votes):
            whole.update(rows.tobytes())
        return whole.hexdigest()

    def result(self, name: str, seed: int) -> dict[str, Json] | None:
        """What that run gave, by row of the table; None where there is no finished one.

        One of another config, other pictures or other teachers is none.
        """
        folder = self.run_folder(name, seed)
        note, done = folder / "fingerprint.txt", folder / "result.json"
        if not (note.exists() and done.exists()):
            return None
        if note.read_text() != self.fingerprint(name, seed):
            return None
        stored: dict[str, Json] = json.loads(done.read_text())
        return stored

    def run(self, name: str, seed: int) -> None:
        """Train a variant, unless that is done; what its folder holds of another is thrown away.

        The baseline's network is read in two more ways, which give rows of their own.
        """
        if self.result(name, seed):
            return
        print(f"{name}, seed {seed}", flush=True)
        config, out = self.config(name, seed), self.run_folder(name, seed)
        belongs(out, self.fingerprint(name, seed))
        ema = train(self.faces, config, out, teachers=self.teachers, kind=network_of(name))
        result = {name: score(ema, self.faces, config.size)}
        if name == BASELINE:
            result[ONE_WAY] = score(ema, self.faces, config.size, both_ways=False)
            ema.load_state_dict(torch.load(out / "last.pt", weights_only=True)["network"])
            result[NOT_AVERAGED] = score(ema, self.faces, config.size)
        (out / "result.json").write_text(json.dumps(result) + "\n")
        for weights in out.glob("*.pt"):
            weights.unlink()  # the numbers are what was wanted

    def variants(self) -> list[str]:
        """All there are; without a teacher nothing is distilled."""
        return [name for name in VARIANTS if name != DISTILLED or self.teachers]

    def results(self, seeds: int) -> Json:
        """All finished runs: {row: {seed: {accuracy, macro_f1}}}."""
        rows: Json = {}
        for name in self.variants():
            for seed in range(1, seeds + 1):
                for row, numbers in (self.result(name, seed) or {}).items():
                    rows.setdefault(row, {})[str(seed)] = numbers
        return rows


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Parse the command line, train what is missing, write after every run."""
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
        help="train these beside the baseline (all); the page shows the others if they are "
        f"finished: {', '.join(VARIANTS)}",
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
    series = Series(
        small(faces, budget), budget,
        arguments.work / "-".join(str(each) for each in vars(budget).values()),
        tuple(arguments.teacher), arguments.threads, arguments.compiled,
    )  # fmt: skip
    chosen = [name for name in series.variants() if name in {BASELINE, *arguments.only}]
    try:
        for name in chosen:
            network_of(name)
    except ModuleNotFoundError as missing:
        parser.error(str(missing))
    arguments.out.mkdir(parents=True, exist_ok=True)
    for seed in range(1, arguments.seeds + 1):
        for name in chosen:
            series.run(name, seed)
            write(arguments.out, series, arguments.seeds)
    print(f"wrote {arguments.out / 'ablations.md'}")


def write(out: Path, series: Series, seeds: int) -> None:
    """Write the page, and its numbers as JSON."""
    result = {"budget": vars(series.budget), "variants": series.results(seeds)}
    (out / "ablations.json").write_text(json.dumps(result, indent=1) + "\n")
    write_or_renew(out / "ablations.md", COMMAND, "Ablations", as_lines(result))


if __name__ == "__main__":
    main()
