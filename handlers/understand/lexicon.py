"""The words a report is made of, one row each in `data/words.tsv`: the word, its class, and what of the class it is.

A word may stand in several rows; the grammar (`claims`) takes the sense that its place allows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from handlers.language.wordlists import forms, rows


class Sense(NamedTuple):
    """What a word may do to the figure of its clause: its class, and what of the class it is."""

    kind: str
    value: str


Senses = frozenset[Sense]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every form with its senses; `lengths` tells by first character how long the forms are, longest first.

    Of thirty thousand forms a few hundred differ in their senses: what is equal is one object.
    """

    senses: Mapping[str, Senses]
    lengths: Mapping[str, tuple[int, ...]]

    def words_at(self, text: str, at: int) -> Iterator[int]:
        """The ends of the words that begin at a place, longest first."""
        for length in self.lengths.get(text[at], ()):
            if at + length <= len(text) and text[at : at + length] in self.senses:
                yield at + length


@cache
def lexicon(*names: str) -> Lexicon:
    """The words of data files, by default those of reports; read once a process. A row may leave out its value."""
    found: dict[str, Senses] = {}
    alike: dict[Senses, Senses] = {}
    for word, kind, *value in (row for name in names or ("understand/words",) for row in rows(name)):
        sense = frozenset((Sense(kind, *value or ("",)),))
        sense = alike.setdefault(sense, sense)
        for form in forms(word.casefold()):
            if (before := found.setdefault(form, sense)) is not sense:
                senses = before | sense
                found[form] = alike.setdefault(senses, senses)
    lengths: dict[str, list[int]] = {}
    for first, length in sorted({(form[0], len(form)) for form in found}, reverse=True):
        lengths.setdefault(first, []).append(length)
    return Lexicon(found, {char: tuple(each) for char, each in lengths.items()})
