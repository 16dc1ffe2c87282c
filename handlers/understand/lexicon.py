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
    """The words of data files, by default those of reports; read once a process. A row may leave out its value.

    What the last file holds is laid over those before it.
    """
    if not names:
        return lexicon("understand/words")
    *before, last = names
    below = lexicon(*before) if before else Lexicon({}, {})
    found = dict(below.senses)
    alike = {senses: senses for senses in found.values()}
    lengths = {char: set(each) for char, each in below.lengths.items()}
    for word, kind, *value in rows(last):
        sense = frozenset((Sense(kind, *value or ("",)),))
        sense = alike.setdefault(sense, sense)
        for form in forms(word.casefold()):
            lengths.setdefault(form[0], set()).add(len(form))
            if (known := found.setdefault(form, sense)) is not sense:
                senses = known | sense
                found[form] = alike.setdefault(senses, senses)
    return Lexicon(found, {char: tuple(sorted(each, reverse=True)) for char, each in lengths.items()})
