"""`python -m benchmarks.reports [--seconds S] [TREE …]`: what a report costs, in this tree and beside it in others.

Each tree is a checkout with `benchmarks/one_report.py`, in a process of its own with a Redis of its own; they take
turns, so that what disturbs the machine disturbs all of them. Given are the least turn, which is disturbed least, and
the median.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import IO

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parents[1]
MODES = ("live", "rehearsal")
WARM_UP = 2
"""Turns that are not counted: they fill what a process keeps."""


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=float, default=20.0, help="how long it may take, about")
    asked.add_argument("trees", nargs="*", type=Path, metavar="TREE")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-", dir=_data()) as folder:
        print_reports(Console(width=110, highlight=False), [HERE, *given.trees], Path(folder), given.seconds)


def print_reports(console: Console, trees: list[Path], folder: Path, seconds: float) -> None:
    """Measure for about so many seconds, and print the table."""
    turns: dict[tuple[Path, str], list[dict[str, float]]] = defaultdict(list)
    with ExitStack() as running:
        processes = [(tree, running.enter_context(_measuring(tree, folder))) for tree in trees]
        until, number = perf_counter() + seconds, 0
        while perf_counter() < until or number <= WARM_UP:
            for tree, (asks, answers) in processes:
                asks.write("turn\n")
                asks.flush()
                for mode in MODES:
                    told = json.loads(answers.readline())
                    if number >= WARM_UP:
                        turns[tree, mode].append(told)
            number += 1
    title = f"A report, µs of processor time, least and median of {number - WARM_UP} turns"
    columns = ("", "web process", "Redis", "commands", "round trips", "answered as booked", "booked")
    table = Table(*columns, title=title, title_justify="left")
    for (tree, mode), taken in turns.items():
        here, redis = ([turn[side] for turn in taken] for side in ("here", "redis"))
        sent, answered, booked = (sum(turn[of] for turn in taken) for of in ("reports", "answered", "booked"))
        table.add_row(
            f"{mode}, {tree.name}" if len(trees) > 1 else mode,
            f"{min(here):.0f}, {median(here):.0f}",
            f"{min(redis):.0f}, {median(redis):.0f}",
            f"{median(turn['commands'] for turn in taken):.1f}",
            f"{median(turn['round_trips'] for turn in taken):.1f}",
            f"{answered} of {sent}",
            f"{booked}" if booked == answered else f"{booked}: NOT WHAT WAS ANSWERED",
        )
    console.print(table)


@contextmanager
def _measuring(tree: Path, folder: Path) -> Iterator[tuple[IO[str], IO[str]]]:
    """`benchmarks.one_report` of a tree: where it is asked for a turn, and where it answers."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("YIDUI_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.one_report", str(folder)],
        cwd=tree,
        env=environment | {"PYTHONPATH": str(tree)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if process.stdin is None or process.stdout is None:
        raise ValueError("its ends are pipes")
    try:
        yield process.stdin, process.stdout
    finally:
        process.stdin.close()
        process.wait()


def _data() -> Path:
    """On the disk where the data would be."""
    folder = Path("data")
    folder.mkdir(exist_ok=True)
    return folder.resolve()


if __name__ == "__main__":
    main()
