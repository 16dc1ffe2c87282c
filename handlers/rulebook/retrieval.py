"""Which entry a question resembles: one sum over what is written and what is heard.

A text is a set of grams: its characters, its syllables (as southern speech and voice input hear them), and each pair
of neighbouring syllables. A gram counts the more, the fewer entries have it; pairs and generic ones a little less.
An entry's score for a question, at most 2, is

    likeness   the Dice coefficient (what both share over what both have) with the entry's phrasings:
               the best counts most, but several that are near count for more than one that is by chance;
  + explained  the share of the question that the entry has anywhere, its answer included; pairs count half,
               for their order belongs to a phrasing.

So a slip of the pen keeps its sound, an odd order of words keeps its words, and a word the entry never uses tells
against it. Grams are kept as their 32-bit checksums in flat sorted arrays: a rulebook takes less than one megabyte.
"""

import math
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from itertools import accumulate, chain, pairwise, starmap
from zlib import crc32

from handlers.language.late import pattern
from handlers.language.sound import fold, syllable
from handlers.rulebook.phrasing import GENERIC

PAIR = 0.9
"""What a pair of syllables counts beside a single character or syllable."""
GENERIC_GRAM = 0.8
"""What a gram counts that questions about anything are made of."""
UNSEEN = 3.0
"""The rarity of a character or syllable that no phrasing has; the rarest that one has is at about 4.5."""
UNSEEN_PAIR = 1.0
EXPLAINED_PAIR = 0.7
"""What a pair counts, once more, in what is explained."""
CANDIDATES = 30
"""The entries that are compared phrasing by phrasing."""
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


@lru_cache(maxsize=8192)
def _spelled(token: str) -> tuple[int, Gram]:
    return crc32(token.encode()), _SINGLE[token in GENERIC]


@lru_cache(maxsize=2048)
def _heard(one: str) -> tuple[int, Gram]:
    return crc32(f"~{one}".encode()), _SINGLE[one in generic_sounds()]


@lru_cache(maxsize=8192)
def _heard_together(one: str, other: str) -> tuple[int, Gram]:
    generic = generic_sounds()
    return crc32(f"~{one} ~{other}".encode()), _PAIR[one in generic and other in generic]


def grams(text: str) -> dict[int, Gram]:
    """Checksum → gram, for every gram of a text in plain form."""
    sounds = syllables(text)
    pairs = map(_heard_together, sounds, sounds[1:])
    return dict(chain(map(_spelled, written(text)), map(_heard, sounds), pairs))


class PhraseIndex:
    """Scores entries for a query. Texts are numbered entry by entry: its phrasings, then its context."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._starts = array("H", accumulate((len(entry.phrasings) + 1 for entry in entries), initial=0))
        kinds: dict[int, Gram] = {}
        grams_of: list[Sequence[int]] = []
        texts_of: dict[int, list[int]] = defaultdict(list)
        entries_of: dict[int, list[int]] = defaultdict(list)
        asked_in: Counter[int] = Counter()
        for number, entry in enumerate(entries):
            asked: dict[int, Gram] = {}
            for phrasing in entry.phrasings:
                asked.update(_noted(grams(phrasing), grams_of, texts_of))
            asked_in.update(asked.keys())
            kinds.update(asked)
            told = _noted(grams(entry.context), grams_of, texts_of)
            kinds.update(told)
            for gram in asked | told:
                entries_of[gram].append(number)
        self._grams = array("I", sorted(texts_of))
        self._text_ends = array("I", accumulate(len(texts_of[gram]) for gram in self._grams))
        self._texts = array("H", chain.from_iterable(texts_of[gram] for gram in self._grams))
        self._entry_ends = array("I", accumulate(len(entries_of[gram]) for gram in self._grams))
        self._entries = array("H", chain.from_iterable(entries_of[gram] for gram in self._grams))
        rarity = [math.log(1 + len(entries) / times) if times else 0.0 for times in range(len(entries) + 1)]
        self._rarity = array("f", (rarity[asked_in[gram]] for gram in self._grams))
        weights = {gram: self._weight(place, kinds[gram]) for place, gram in enumerate(self._grams)}
        self._sizes = array("f", (sum(map(weights.__getitem__, its)) for its in grams_of))

    def scores(self, query: str) -> dict[int, float]:
        """Entry number → score, for the CANDIDATES that explain most of the query."""
        size = all_explained = 0.0
        explained: dict[int, float] = defaultdict(float)
        known: list[tuple[int, float]] = []
        for checksum, gram in grams(query).items():
            place = self._place(checksum)
            weight = self._weight(place, gram)
            size += weight
            all_explained += weight * gram.explains
            if place is not None:
                known.append((place, weight))
                for entry in _part(self._entries, self._entry_ends, place):
                    explained[entry] += weight * gram.explains
        return {
            entry: self._likeness(entry, known, size) + explained[entry] / all_explained
            for entry in nlargest(CANDIDATES, explained, key=explained.__getitem__)
        }

    def entries_with(self, noun: str) -> set[int]:
        """The entries that have a noun: a character of it written, or two of its syllables heard."""
        heard = starmap(_heard_together, pairwise(syllables(noun)))
        places = (self._place(checksum) for checksum, _ in chain(map(_spelled, written(noun)), heard))
        return {e for place in places if place is not None for e in _part(self._entries, self._entry_ends, place)}

    def _likeness(self, entry: int, known: list[tuple[int, float]], size: float) -> float:
        """How like an entry's texts (its phrasings and its context) the query is; `known`: its grams that occur."""
        start, end = self._starts[entry], self._starts[entry + 1]
        shared = [0.0] * (end - start)
        for place, weight in known:
            last = self._text_ends[place]
            first = bisect_left(self._texts, start, self._text_ends[place - 1] if place else 0, last)
            for text in self._texts[first : bisect_left(self._texts, end, first, last)]:
                shared[text - start] += weight
        best = sorted(
            (2 * s / (size + its) for s, its in zip(shared, self._sizes[start:end], strict=True)), reverse=True
        )
        parts = BY_RANK[: end - start - 1]
        return sum(part * likeness for part, likeness in zip(BY_RANK, best, strict=False)) / sum(parts)

    def _place(self, checksum: int) -> int | None:
        place = bisect_left(self._grams, checksum)
        return place if place < len(self._grams) and self._grams[place] == checksum else None

    def _weight(self, place: int | None, gram: Gram) -> float:
        """Rare is telling. A pair never seen may only be a new order of words; a new word is a new matter."""
        rarity = self._rarity[place] if place is not None else 0.0
        return gram.prior * (rarity or gram.unseen)


def _noted(its: dict[int, Gram], grams_of: list[Sequence[int]], texts_of: dict[int, list[int]]) -> dict[int, Gram]:
    """The grams of the next text, kept under it and it under them."""
    text = len(grams_of)
    grams_of.append(array("I", its))
    for gram in its:
        texts_of[gram].append(text)
    return its


def _part(flat: Sequence[int], ends: Sequence[int], place: int) -> Sequence[int]:
    return flat[ends[place - 1] if place else 0 : ends[place]]


_RUN = pattern("[a-z]+|[0-9]+|[一-鿿]+")


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


_PINYIN = pattern(
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|er|ia|ie|iu|in|ua|uo|ui|un|ue|ve|a|o|e|i|u|v)"
)


def _split_pinyin(letters: str) -> list[str]:
    parts = _PINYIN.findall(letters)
    return parts if "".join(parts) == letters else [letters]
