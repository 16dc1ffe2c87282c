"""A row that cannot be taken, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.language.text import squash

_SUMS = frozenset(("合计", "总计", "小计", "总数", "共计"))


class Refused(Exception):
    """A row cannot be taken; the text says why."""


class Unmatched(Refused):
    """Nobody knows whose a row is; `likely`: the codes of the likeliest teams."""

    def __init__(self, why: str, likely: Sequence[str] = ()) -> None:
        super().__init__(why)
        self.likely = tuple(likely)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is not taken, and why."""

    row: int
    unit: str
    reason: str


def refuse_sums(name: str) -> None:
    """Raises `Refused` for the name of a row that adds others up."""
    if squash(name).rstrip(":：") in _SUMS:
        raise Refused("a line of sums, no unit")
