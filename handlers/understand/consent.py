"""A yes in other words: `嗯对没错，记上嘛` is made of nothing but words of consent, one of them a firm one."""

from functools import cache

from handlers.understand.lexicon import forms, rows
from handlers.understand.text import fold

LONGEST = 20
"""Characters of the longest answer that is taken for a mere yes."""


def consents(line: str) -> bool:
    """Whether a normalised line is a yes and nothing else."""
    said, words = fold(line), _words()
    firm, at = False, 0
    while at < len(said):
        length = next((n for n in range(min(6, len(said) - at), 0, -1) if said[at : at + n] in words), 0)
        sense = words[said[at : at + length]] if length else "end"
        if sense == "end" and not (length and firm):
            return False
        firm = firm or sense == "yes"
        at += length
    return firm and len(said) <= LONGEST


@cache
def _words() -> dict[str, str]:
    return {form: sense for word, sense in rows("consents.tsv") for form in forms(word)}
