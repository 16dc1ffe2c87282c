"""A bar for long work on a terminal; nothing in a pipe."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(doing: str, total: int) -> Iterator[Callable[..., None]]:
    """A function that is called with how much was done (1 without a number)."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(doing, total=total)

        def tick(done: int = 1) -> None:
            bar.advance(task, done)

        yield tick
