"""Rebuild the French pipeline from its data: `python -m kg.language.training --data DIR --out DIR`.

Needs PyTorch, which reading does not. Seeds are fixed; a limit in minutes makes the result depend on the
machine, so the default counts epochs only. Steps whose result stands in the work folder are not done again.
"""

from __future__ import annotations

import argparse
import logging
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.language.recipe.build import Recipe
    from kg.language.recipe.learning import Learner

__all__ = ["main"]

HERE = Path(__file__).parent / "recipe"
TOKENS, SETTINGS, META = HERE / "tokens-fr.json", HERE / "config.cfg", HERE / "meta.json"
log = logging.getLogger("kg.training")


def main(arguments: Sequence[str] | None = None) -> None:
    """Train everything and write the model; progress goes to the log."""
    options = _options(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    import torch

    from kg.language.recipe.build import Recipe

    recipe = Recipe(options.data, options.out, options.work or options.out / ".work", TOKENS)
    log.info("vocabulary %d words", len(recipe.features.words))
    torch.set_num_threads(options.threads)
    for step in (_names, _syntax, _windows):
        step(recipe, options)
    _assemble(recipe, options)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kg.language.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with ud-fr, winer-fr, lexicons-fr …")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--work", type=Path, help="where the steps leave their results; default OUT/.work")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="at most so long for each step")
    parser.add_argument("--threads", type=int, default=1, help="processor cores")
    return parser.parse_args(arguments)


def _names(recipe: Recipe, options: argparse.Namespace) -> None:
    from kg.language.names import NAMES
    from kg.language.recipe.learning import Plan

    if not (recipe.work / f"{NAMES}.npz").exists():
        plan = Plan(epochs=40, words=1200, rate=3e-3, minutes=options.minutes)
        recipe.learn_names(plan, _reporter(recipe, NAMES))


def _windows(recipe: Recipe, options: argparse.Namespace) -> None:
    from kg.language.names import WINDOWS
    from kg.language.recipe.learning import Plan

    def report(number: int, learner: object) -> None:
        log.info("%s: epoch %d", WINDOWS, number)

    plan = Plan(epochs=24, words=1500, rate=3e-3, dropout=0.25, minutes=options.minutes)
    recipe.learn_windows(plan, report)


def _syntax(recipe: Recipe, options: argparse.Namespace) -> None:
    from kg.language.reader import SYNTAX
    from kg.language.recipe.learning import Plan

    if not (recipe.work / f"{SYNTAX}.npz").exists():
        plans = (
            Plan(epochs=24, rate=3e-3, minutes=options.minutes),
            Plan(epochs=40, rate=1.5e-3, decay=0.999, seed=2, minutes=options.minutes),
            Plan(epochs=30, rate=1e-3, decay=0.999, seed=3, minutes=options.minutes),
        )
        recipe.learn_syntax(plans, lambda: _windows(recipe, options), _reporter(recipe, SYNTAX))


def _reporter(recipe: Recipe, name: str) -> Callable[[int, Learner], None]:
    """After each epoch, keep the weights so far and say how long it took."""
    began = time.monotonic()

    def report(number: int, learner: Learner) -> None:
        recipe.save(learner, recipe.work / "so-far", name)
        log.info("%s: epoch %d, %d s", name, number, time.monotonic() - began)

    return report


def _assemble(recipe: Recipe, options: argparse.Namespace) -> None:
    recipe.assemble(options.out / "reader")
    for source, name in ((TOKENS, "tokenizer"), (SETTINGS, "config.cfg"), (META, "meta.json")):
        shutil.copyfile(source, options.out / name)


if __name__ == "__main__":
    main()
