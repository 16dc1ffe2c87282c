"""Which phrasing a question resembles: idf-weighted Dice over unigrams and bigrams of characters or syllables."""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from handlers.understand.sound import fold, syllable

Tokens = Sequence[str]
Grams = frozenset[str]
EXPLAINED = 1.0
UNSEEN = 6.0
UNSEEN_PAIR = 2.0
GENERIC = 0.5


def grams(tokens: Tokens) -> Grams:
    """The tokens and each pair of neighbours."""
    return frozenset(tokens) | {f"{a} {b}" for a, b in pairwise(tokens)}


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found: its phrasings, and further text that explains a question without being one."""

    phrasings: tuple[str, ...]
    context: str


class PhraseIndex:
    """Scores entries for a query: best Dice over an entry's phrasings, plus the share of the query it explains.

    The highest score is 1 + EXPLAINED. `tokens` turns text into what is compared: characters or syllables;
    grams made only of the tokens of `generic` text (what every question is made of) count GENERIC times.
    """

    def __init__(self, entries: Sequence[Entry], tokens: Callable[[str], Tokens], generic: str) -> None:
        self._tokens = tokens
        self._generic = frozenset(tokens(generic))
        phrases = [(owner, grams(tokens(p))) for owner, e in enumerate(entries) for p in e.phrasings]
        self._owners = [owner for owner, _ in phrases]
        owners_of: dict[str, set[int]] = defaultdict(set)
        self._phrases_of: dict[str, list[int]] = defaultdict(list)
        for phrase, (owner, its) in enumerate(phrases):
            for gram in its:
                owners_of[gram].add(owner)
                self._phrases_of[gram].append(phrase)
        self._rarity = {g: math.log(1 + len(entries) / len(owners)) for g, owners in owners_of.items()}
        self._weights = {gram: self._weight(gram) for gram in self._rarity}
        self._sizes = [self._sum(its) for _, its in phrases]
        for owner, entry in enumerate(entries):
            for gram in grams(tokens(entry.context)):
                owners_of[gram].add(owner)
        self._owners_of = dict(owners_of)

    def scores(self, query: str) -> dict[int, float]:
        """Entry number → score, for every entry that shares anything with the query."""
        asked = grams(self._tokens(query))
        size = self._sum(asked)
        shared: dict[int, float] = defaultdict(float)
        explained: dict[int, float] = defaultdict(float)
        for gram in asked:
            weight = self._weigh(gram)
            for phrase in self._phrases_of.get(gram, ()):
                shared[phrase] += weight
            for owner in self._owners_of.get(gram, ()):
                explained[owner] += weight
        best: dict[int, float] = {owner: EXPLAINED * w / size for owner, w in explained.items()}
        for phrase, weight in shared.items():
            owner = self._owners[phrase]
            dice = 2 * weight / (size + self._sizes[phrase])
            best[owner] = max(best[owner], dice + EXPLAINED * explained[owner] / size)
        return best

    def _sum(self, its: Iterable[str]) -> float:
        return sum(map(self._weigh, its))

    def _weigh(self, gram: str) -> float:
        weight = self._weights.get(gram)
        return self._weight(gram) if weight is None else weight

    def _weight(self, gram: str) -> float:
        """Rare is telling. A pair never seen may only be a new order of words; a new word is a new matter."""
        rarity = self._rarity.get(gram, UNSEEN_PAIR if " " in gram else UNSEEN)
        return GENERIC * rarity if self._generic.issuperset(gram.split()) else rarity


_LATIN_OR_HAN = re.compile(r"[a-z]+|[一-鿿]+|[0-9]+")


def syllables(text: str) -> list[str]:
    """How a text sounds, forgiving what southern speech and voice input confuse (zh/z, ng/n, l/n).

    Letters that are whole pinyin syllables (`zudui jiezhi`) are read as such. The first call loads the
    pronunciation tables (about 0.4 s), so callers come here only when spelling did not settle it.
    """
    heard: list[str] = []
    for run in _LATIN_OR_HAN.findall(text):
        if run[0].isdigit():
            heard.append(run)
        elif run.isascii():
            heard.extend(map(fold, _split_pinyin(run)))
        else:
            heard.extend(map(syllable, run))
    return heard


_PINYIN = re.compile(
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|er|ia|ie|iu|in|ua|uo|ui|un|ue|ve|a|o|e|i|u|v)"
)


def _split_pinyin(letters: str) -> list[str]:
    parts = _PINYIN.findall(letters)
    return parts if "".join(parts) == letters else [letters]
