"""A cluster of Apache Spark reads: --engine spark://host:7077, or spark-local[2] for a trial on this machine.

kg must be installed where the executors run, in the same version. A task is one batch; each Python worker keeps
its model from task to task. Segments come back through Spark, which delivers each task's result once however
often it ran; and since a segment depends on its articles alone, a repetition would change nothing.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg.engines.extraction import Recipe, extract_batch
from kg.errors import KgError
from kg.model import Document

if TYPE_CHECKING:
    from pyspark import SparkContext

__all__ = ["Spark"]

Batch = Sequence[Document]


class Spark:
    """The engine of `--engine spark…`."""

    # A task costs Spark some 30 ms, whatever it does.
    batch = (100, 2_000_000)

    def __init__(self, master: str, recipe: Recipe) -> None:
        self._master = master
        self._recipe = recipe
        self._context: SparkContext | None = None

    def __enter__(self) -> Spark:
        try:
            from pyspark import SparkConf, SparkContext
        except ImportError as error:
            raise KgError(
                "Spark is not installed here. Install it: pip install 'newsgraph-kg[spark]'"
            ) from error
        here = Path(__file__).parents[2]
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        settings = (
            SparkConf()
            .setMaster(self._master)
            .setAppName("kg")
            .setAll(
                [
                    ("spark.ui.enabled", "false"),
                    ("spark.ui.showConsoleProgress", "false"),
                    (
                        "spark.executorEnv.PYTHONPATH",
                        os.pathsep.join([os.fspath(here), os.environ.get("PYTHONPATH", "")]),
                    ),
                    ("spark.executorEnv.OMP_NUM_THREADS", "1"),
                    ("spark.executorEnv.OPENBLAS_NUM_THREADS", "1"),
                    *(
                        [("spark.driver.bindAddress", "127.0.0.1"), ("spark.driver.host", "127.0.0.1")]
                        if "local" in self._master
                        else []
                    ),
                ]
            )
        )
        self._context = SparkContext(conf=settings)
        self._context.setLogLevel("ERROR")
        return self

    def __exit__(self, *_: object) -> None:
        if self._context is not None:
            self._context.stop()
            self._context = None

    def run(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, bytes]]:
        """Each batch with its segment, in order; as many batches at once as there are cores, and as many waiting."""
        assert self._context is not None
        coming = iter(batches)
        recipe = self._recipe
        while wave := list(islice(coming, 2 * max(1, self._context.defaultParallelism))):
            packed = [_as_json(batch) for batch in wave]
            segments = self._context.parallelize(packed, len(packed)).map(
                lambda content: extract_batch(_from_json(content), recipe)
            )
            yield from zip(wave, segments.collect(), strict=True)


def _as_json(batch: Batch) -> str:
    """Articles as text, since they leave this machine: nothing that is run when it is read."""
    return json.dumps([asdict(document) for document in batch], default=str)


def _from_json(content: str) -> list[Document]:
    return [
        Document(
            **{
                **fields,
                "published": date.fromisoformat(fields["published"]) if fields["published"] else None,
            }
        )
        for fields in json.loads(content)
    ]
