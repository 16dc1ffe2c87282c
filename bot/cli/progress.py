"""Long work: a bar on a terminal, nothing in a pipe, and whoever waits for an answer goes first."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from scheduler.background import stepped_back

SHOWN_SECONDS = 0.1
"""How often the bar is told: a row is done in less time than it takes to draw it."""


@contextmanager
def progress(doing: str, total: int | None) -> Iterator[Callable[..., None]]:
    """A function that is called with how much was done (1 without a number); `total` None: nobody knows how much."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if not console.is_terminal:
        with stepped_back():
            yield _quiet
        return
    with stepped_back(), Progress(console=console, transient=True) as bar:
        task, waiting, told = bar.add_task(doing, total=total), 0, monotonic()

        def tick(done: int = 1) -> None:
            nonlocal waiting, told
            waiting += done
            if (now := monotonic()) - told >= SHOWN_SECONDS:
                bar.advance(task, waiting)
                waiting, told = 0, now

        yield tick
        bar.advance(task, waiting)


def _quiet(_done: int = 1) -> None:
    """Nobody looks."""
