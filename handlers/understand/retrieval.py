"""Which entry a question resembles: one sum over what is written and what is heard.

A text is a set of grams: its characters, its syllables (as southern speech and voice input hear them), and each pair
of neighbours. A gram counts the more, the fewer entries have it; pairs and generic grams count a little less.
An entry's score for a question, at most 2, is

    likeness   the Dice coefficient (what both share over what both have) with the entry's phrasings:
               the best counts most, but several that are near count for more than one that is by chance;
  + explained  the share of the question that the entry has anywhere, its answer included; pairs count half,
               for their order belongs to a phrasing.

So a slip of the pen keeps its sound, an odd order of words keeps its words, and a word the entry never uses tells
against it. Grams are kept as their 32-bit checksums in flat sorted arrays: a rulebook takes less than one megabyte.
"""

import math
import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from zlib import crc32

from handlers.understand.phrasing import GENERIC
from handlers.understand.sound import fold, syllable

PAIR = 0.6
"""What a pair counts beside a single character or syllable."""
GENERIC_GRAM = 0.8
"""What a gram counts that questions about anything are made of."""
UNSEEN = 3.0
"""The rarity of a character or syllable that no phrasing has; the rarest that one has is at about 4.5."""
UNSEEN_PAIR = 1.0
EXPLAINED_PAIR = 0.5
"""What a pair counts, once more, in what is explained."""
BY_RANK = (1.0, 0.5, 0.3)
"""What the best phrasings of an entry count."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found: its phrasings, and further text that explains a question without being one."""

    phrasings: tuple[str, ...]
    context: str


@dataclass(frozen=True, slots=True)
class Gram:
    """`prior`: what it counts for its kind; `unseen`: its rarity where no phrasing has it; `explains`: see above."""

    prior: float
    unseen: float
    explains: float


_SINGLE = {generic: Gram(GENERIC_GRAM if generic else 1.0, UNSEEN, 1.0) for generic in (False, True)}
_PAIR = {generic: Gram(PAIR * gram.prior, UNSEEN_PAIR, EXPLAINED_PAIR) for generic, gram in _SINGLE.items()}


def grams(text: str) -> dict[int, Gram]:
    """Checksum → gram, for every gram of a text in plain form."""
    spelled = [(token, token in GENERIC) for token in written(text)]
    heard = [("~" + sound, sound in generic_sounds()) for sound in syllables(text)]
    found: dict[int, Gram] = {}
    for tokens in (spelled, heard):
        for token, generic in tokens:
            found[crc32(token.encode())] = _SINGLE[generic]
        for (one, generic), (other, too) in pairwise(tokens):
            found[crc32(f"{one} {other}".encode())] = _PAIR[generic and too]
    return found


class PhraseIndex:
    """Scores entries for a query. Texts are numbered entry by entry: its phrasings, then its context."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._phrasings = [len(entry.phrasings) for entry in entries]
        self._owners = array("H", (n for n, e in enumerate(entries) for _ in (*e.phrasings, e.context)))
        texts_of: dict[int, array[int]] = defaultdict(lambda: array("H"))
        owners_of: dict[int, set[int]] = defaultdict(set)
        text = 0
        for owner, entry in enumerate(entries):
            for phrasing in entry.phrasings:
                for gram in grams(phrasing):
                    texts_of[gram].append(text)
                    owners_of[gram].add(owner)
                text += 1
            for gram in grams(entry.context):
                texts_of[gram].append(text)
            text += 1
        self._grams = array("I", sorted(texts_of))
        self._ends = array("I", accumulate(len(texts_of[gram]) for gram in self._grams))
        self._texts = array("H", (text for gram in self._grams for text in texts_of[gram]))
        rarity = (math.log(1 + len(entries) / len(owners_of[g])) if g in owners_of else 0.0 for g in self._grams)
        self._rarity = array("f", rarity)
        self._sizes = array("f", (self._size(t) for e in entries for t in (*e.phrasings, e.context)))

    def scores(self, query: str) -> dict[int, float]:
        """Entry number → score, for every entry that shares anything with the query."""
        size = all_explained = 0.0
        shared: dict[int, float] = defaultdict(float)
        explained: dict[int, float] = defaultdict(float)
        for checksum, gram in grams(query).items():
            place = self._place(checksum)
            weight = self._weight(place, gram)
            size += weight
            all_explained += weight * gram.explains
            owner = -1
            for text in self._texts_at(place):
                shared[text] += weight
                if owner != self._owners[text]:
                    owner = self._owners[text]
                    explained[owner] += weight * gram.explains
        likenesses: dict[int, list[float]] = {owner: [] for owner in explained}
        for text, weight in shared.items():
            likenesses[self._owners[text]].append(2 * weight / (size + self._sizes[text]))
        return {
            owner: _best(likenesses[owner], self._phrasings[owner]) + weight / all_explained
            for owner, weight in explained.items()
        }

    def _place(self, checksum: int) -> int | None:
        place = bisect_left(self._grams, checksum)
        return place if place < len(self._grams) and self._grams[place] == checksum else None

    def _texts_at(self, place: int | None) -> Sequence[int]:
        if place is None:
            return ()
        return self._texts[self._ends[place - 1] if place else 0 : self._ends[place]]

    def _size(self, text: str) -> float:
        return sum(self._weight(self._place(checksum), gram) for checksum, gram in grams(text).items())

    def _weight(self, place: int | None, gram: Gram) -> float:
        """Rare is telling. A pair never seen may only be a new order of words; a new word is a new matter."""
        rarity = self._rarity[place] if place is not None else 0.0
        return gram.prior * (rarity or gram.unseen)


def _best(likenesses: list[float], phrasings: int) -> float:
    best = sorted(likenesses, reverse=True)
    return sum(part * likeness for part, likeness in zip(BY_RANK, best, strict=False)) / sum(BY_RANK[:phrasings])


_RUN = re.compile("[a-z]+|[0-9]+|[一-鿿]+")


def written(text: str) -> list[str]:
    """The characters of a text and its Latin words; pinyin is no spelling, but what is heard."""
    tokens: list[str] = []
    for run in _RUN.findall(text):
        if not run.isascii() or run.isdigit():
            tokens.extend(run)
        elif len(_split_pinyin(run)) == 1:
            tokens.append(run)
    return tokens


def syllables(text: str) -> list[str]:
    """How a text sounds, forgiving what southern speech and voice input confuse (zh/z, ng/n, l/n).

    Letters that are whole pinyin syllables (`zudui jiezhi`) are read as such.
    """
    heard: list[str] = []
    for run in _RUN.findall(text):
        if run.isdigit():
            heard.append(run)
        elif run.isascii():
            heard.extend(map(fold, _split_pinyin(run)))
        else:
            heard.extend(map(syllable, run))
    return heard


@lru_cache(maxsize=1)
def generic_sounds() -> frozenset[str]:
    """The syllables that questions about anything are made of."""
    return frozenset(syllables(GENERIC))


_PINYIN = re.compile(
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|er|ia|ie|iu|in|ua|uo|ui|un|ue|ve|a|o|e|i|u|v)"
)


def _split_pinyin(letters: str) -> list[str]:
    parts = _PINYIN.findall(letters)
    return parts if "".join(parts) == letters else [letters]
