"""Words of the bot that a short message may have meant: by its sound, else by its look."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from handlers.language.sound import sounds_alike
from handlers.language.text import squash
from handlers.language.words import WORDS

LONGEST_WORD = 6
"""Characters of the longest word that is looked for by its sound."""
LONGEST_BEGINNING = 8
"""Characters of a message that are compared with a word by its look."""
LIKELY, OFFERED = 60, 3
"""How alike (of 100) a word looks that is offered, and how many are."""


def sounding_alike(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """The words that a message is but for characters of the same sound; none where it is long, or a word itself."""
    said = squash(text)
    if not 2 <= len(said) <= LONGEST_WORD or said in WORDS:
        return ()
    return tuple(word for word in words if sounds_alike(said, word))


def nearest(text: str, words: Sequence[str]) -> list[str]:
    """The words that a message begins with in their sound, else the few that look most like its beginning."""
    said = squash(text)
    if near := [word for word in words if sounds_alike(said[: len(word)], word)]:
        return near
    alike = process.extract(said[:LONGEST_BEGINNING], words, scorer=fuzz.ratio, limit=OFFERED, score_cutoff=LIKELY)
    return [word for word, _, _ in alike]
