"""How far long work is, told to whoever watches it; nobody does unless a command on a terminal says so."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Advance = Callable[[int], None]
"""Told how much more was done."""
Watch = Callable[[str, int | None], AbstractContextManager[Advance]]
"""Begins to watch something that is done in so many steps, None where nobody knows how many."""


def unheard(_: int) -> None:
    """Nobody is told."""


@contextmanager
def unwatched(_doing: str, _total: int | None) -> Iterator[Advance]:
    yield unheard
