"""A yes in other words: `嗯对没错，记上嘛` is made of nothing but words of consent, one of them a firm one.

Some of these are said as a mere courtesy too (`好的谢谢`): where something would be lost, such a yes is none.
"""

from collections.abc import Iterator
from functools import cache

from handlers.language.text import fold, normalise
from handlers.language.wordlists import forms, rows

LONGEST = 20
"""Characters of the longest answer that is taken for a mere yes."""
_ASKING = ("吗", "么", "嘛")
FIRM = frozenset({"yes", "polite"})


def consents(line: str) -> bool:
    """Whether a normalised line is a yes and nothing else."""
    firm = False
    for sense in _senses(fold(line)):
        if not sense or (sense == "end" and not firm):
            return False
        firm = firm or sense in FIRM
    return firm and len(fold(line)) <= LONGEST


def is_explicit(text: str) -> bool:
    """Whether an answer that is a yes holds a word that is said for nothing but that: `好的，确认`, no `好的谢谢`."""
    return "yes" in _senses(fold(normalise(text)))


def asks_back(text: str) -> bool:
    """Whether an answer asks about the yes that it was asked for: `确认吗？`, `对吗`."""
    said = fold(normalise(text))
    return said.endswith(_ASKING) and consents(said.rstrip("".join(_ASKING)))


def _senses(said: str) -> Iterator[str]:
    """The classes of the words, longest first, from left to right; '' for a character that belongs to none."""
    words, at = _words(), 0
    while at < len(said):
        length = next((n for n in range(min(6, len(said) - at), 0, -1) if said[at : at + n] in words), 0)
        yield words[said[at : at + length]] if length else ""
        at += length or 1


@cache
def _words() -> dict[str, str]:
    return {form: sense for word, sense in rows("understand/consents") for form in forms(word)}
