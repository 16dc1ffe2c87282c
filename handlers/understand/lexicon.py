"""The words a report is made of, one row each in `data/words.tsv`: the word, its class, and what of the class it is.

`{a|b}` in a row stands for either, `{|a}` for a or nothing. A word may stand in several rows; the grammar
(`claims`) takes the sense that its place allows.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import NamedTuple

_CHOICE = re.compile(r"\{([^{}]*)\}")
ROOM = 8_192
"""So many forms a row may have; a longer list belongs in rows of its own."""


class Sense(NamedTuple):
    """What a word may do to the figure of its clause: its class, and what of the class it is."""

    kind: str
    value: str


Senses = frozenset[Sense]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every form with its senses; `lengths` tells by first character how long the forms are, longest first."""

    senses: Mapping[str, Senses]
    lengths: Mapping[str, tuple[int, ...]]

    def words_at(self, text: str, at: int) -> Iterator[int]:
        """The ends of the words that begin at a place, longest first."""
        for length in self.lengths.get(text[at], ()):
            if at + length <= len(text) and text[at : at + length] in self.senses:
                yield at + length


@cache
def lexicon(name: str = "words.tsv") -> Lexicon:
    """The words of a data file; read once a process."""
    found: dict[str, set[Sense]] = {}
    for row in rows(name):
        word, kind, value = row
        for form in forms(word):
            found.setdefault(form.casefold(), set()).add(Sense(kind, value))
    lengths: dict[str, set[int]] = {}
    for form in found:
        lengths.setdefault(form[0], set()).add(len(form))
    return Lexicon(
        {form: frozenset(senses) for form, senses in found.items()},
        {char: tuple(sorted(each, reverse=True)) for char, each in lengths.items()},
    )


def rows(name: str) -> list[list[str]]:
    """The rows of a data file of this package, without comments and blank lines."""
    text = (files("handlers.understand") / "data" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("# ")]


def forms(word: str) -> list[str]:
    """Every form that a row stands for. Raises `ValueError` where there are too many."""
    parts = _CHOICE.split(word)
    choices = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    made = ["".join(each) for each in product(*choices)]
    if len(made) > ROOM:
        raise ValueError(f"{word}: {len(made)} forms; make rows of it")
    return [form for form in dict.fromkeys(made) if form]
