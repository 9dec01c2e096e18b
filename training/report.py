"""Everything that is measured about a new model, in one go, into docs/model/ and its card.

Scores the public test through the file that ships, chooses the `unsure` threshold there, draws the
curves, spoils pictures, looks where the network looks, tries the other forms and the personal
neutral; then rewrites docs/model/results.md and the measured part of models/emotion.md. The
private test is not touched: `python -m training evaluate --split private_test --write` does that,
once; run this again with --page-only afterwards, to have its numbers on the page.
"""

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from training import groups, personal
from training.arguments import add_model
from training.belonging import check_data, check_golden, check_run
from training.data import DATA_HELP, PUBLIC_TEST, Faces, load, scored_rows
from training.evaluate import draw_all, read_split, write_card
from training.explain import explain
from training.formats import measure_formats
from training.report_pages import Json, renew_card_page, results_page
from training.robustness import add_options, write_robustness


def measure_all(arguments: argparse.Namespace, faces: Faces) -> Json:
    """Do every measurement, writing pictures; then the card. Return what the pages need.

    Raises `ValueError`, before anything is written, where model, run, data, golden crops and the
    earlier model's numbers do not belong together.
    """
    card_path, out = arguments.model.with_suffix(".json"), arguments.out
    model = arguments.model.read_bytes()
    golden = np.load(arguments.golden)["crops"] if arguments.golden else None
    check_data(json.loads(card_path.read_text()), faces)
    if golden is not None:
        check_golden(model, golden)
    if arguments.run:
        check_run(model, arguments.run)
    started = time.perf_counter()

    def said(what: str) -> None:
        print(f"[{time.perf_counter() - started:5.0f} s] {what}", flush=True)

    said("robustness")  # the first: it refuses numbers of other pictures to stand beside
    write_robustness(
        card_path, faces, out, pictures=arguments.pictures, frames=arguments.frames,
        before=arguments.before,
    )  # fmt: skip
    said("public test through the shipped file")
    probabilities, labels = read_split(model, faces, "public_test")
    stills = read_split(model, faces, "public_test", both_ways=True)
    draw_all(probabilities, labels, "public_test", out)
    rows, _ = scored_rows(faces, PUBLIC_TEST)
    result: Json = {
        "version": json.loads(card_path.read_text())["version"],
        "brightness": groups.by_brightness(faces.images[rows], probabilities, labels),
    }
    if arguments.run:
        said("attention")
        result["attention"] = explain(arguments.run, faces, out, at_most=128, examples=0)
        said("forms")
        result["forms"] = measure_formats(
            arguments.run, faces, arguments.run / "formats", pictures=10_000, golden=golden
        )
    said("personal neutral")
    result["personal"] = personal.measure_personal(model, faces, arguments.people, (1, 10))
    (out / "results.json").write_text(json.dumps(result, indent=1) + "\n")
    write_card(card_path, "public_test", probabilities, labels, faces.copies)
    write_card(card_path, "public_test", *stills, faces.copies, both_ways=True)
    said("done")
    return result


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Parse the command line, measure and write."""
    parser = argparse.ArgumentParser(
        prog="python -m training report", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--data", type=Path, nargs="+", metavar="PATH", help=DATA_HELP)
    add_model(parser)
    parser.add_argument("--run", type=Path, help="its run: for attention and other forms")
    parser.add_argument(
        "--out", type=Path, default=Path("docs/model"), help="folder for pages (%(default)s)"
    )
    parser.add_argument("--golden", type=Path, help=".npz with `crops` uint8 [N, S, S, 3]")
    parser.add_argument("--people", type=int, default=100, help="synthetic (%(default)s)")
    parser.add_argument("--page-only", action="store_true", help="measure nothing, write pages")
    add_options(parser)
    arguments = parser.parse_args(arguments_given)
    results = arguments.out / "results.json"
    if arguments.page_only:
        result = json.loads(results.read_text())
    elif arguments.data:
        try:
            result = measure_all(arguments, load(arguments.data))
        except ValueError as error:
            parser.error(str(error))
    else:
        parser.error("--data is needed")
    card = json.loads(arguments.model.with_suffix(".json").read_text())
    timed = arguments.out / "forms_browser.json"
    browser = json.loads(timed.read_text()) if timed.exists() else None
    (arguments.out / "results.md").write_text(results_page(card, result, browser))
    robustness = arguments.out / f"robustness-{card['version']}.json"
    known = json.loads(robustness.read_text()) if robustness.exists() else None
    page = arguments.model.with_suffix(".md")
    if page.exists():
        renew_card_page(page, card, result, known)


if __name__ == "__main__":
    main()
