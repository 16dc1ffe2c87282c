"""Answer a question from one campaign's rulebook, offline: names and amounts first, then resemblance.

Resemblance is measured against curated phrasings of this campaign only. A question that no entry explains
well enough is unknown: the bot never guesses a rule.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from handlers.understand.named import (
    projects_in,
    rule_about_contact,
    rule_about_refused,
    rule_about_threshold,
)
from handlers.understand.phrasing import GENERIC, LONGEST, clauses, plain
from handlers.understand.retrieval import Entry, PhraseIndex, syllables
from handlers.understand.subject import Nearness, Subject
from handlers.understand.text import normalise
from storage.campaign_schema import Campaign, Rule

CLOSE = 0.35
"""An entry this far below the best is no alternative to it."""
LEAD = 0.05
"""The answer stands at least so far before the second, however well both fit."""
FAINT = 0.85
"""Below this score entries that lie no LEAD apart are all chance, and are not offered."""
SOUNDS_ALIKE = 1.1
"""Below this score a likeness of sound is chance."""
SOUND_DISCOUNT = 0.93
CLAUSE_DISCOUNT = 0.9
SHORTEST_CLAUSE = 4
CHOICES = 3

_BY_NAME: tuple[Callable[[Campaign, str], Rule | None], ...] = (
    rule_about_refused,
    rule_about_contact,
    rule_about_threshold,
)
Ranking = list[tuple[float, int]]


@dataclass(frozen=True, slots=True)
class Bar:
    """What the best entry must reach.

    `floor`: its score (at most 2), whatever its lead. `possible` and `sure`: its confidence, to be offered and to
    be the answer.
    """

    floor: float
    possible: float
    sure: float


BARS: dict[Nearness, Bar] = {
    "drive": Bar(floor=0.55, possible=0.65, sure=1.25),
    "rulebook": Bar(floor=0.65, possible=0.85, sure=1.5),
    "unclear": Bar(floor=0.9, possible=1.05, sure=1.5),
    "elsewhere": Bar(floor=1.6, possible=1.7, sure=2.2),
}
"""The less a message speaks of the campaign, the more closely it must resemble an entry."""


@dataclass(frozen=True, slots=True)
class Found:
    """The one entry that answers."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class Near:
    """Several entries might answer: at most CHOICES, best first, to be offered as a numbered choice."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """The rulebook does not hold this. `elsewhere`: it is not about the campaign at all."""

    elsewhere: bool = False


Finding = Found | Near | Unknown


class Rulebook:
    """One campaign's rulebook, indexed. Asking changes nothing; building takes some milliseconds."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._rules = campaign.rulebook
        self._entries = [Entry(tuple(map(plain, r.questions)), plain(r.answer)) for r in self._rules]
        self._subject = Subject(campaign)
        self._spelling = PhraseIndex(self._entries, tuple, GENERIC)
        self._projects_of = [projects_in(campaign, "，".join(map(plain, r.questions))) for r in self._rules]

    def ask(self, question: str) -> Finding:
        """The entry that answers, or near ones, or Unknown."""
        said = normalise(question)[:LONGEST]
        for rule_about in _BY_NAME:
            if rule := rule_about(self._campaign, said):
                return Found(rule)
        parts = clauses(said)
        text = "".join(parts)
        if not text:
            return Unknown()
        named = projects_in(self._campaign, text)
        ranking = self._rank(self._spelling, text, parts, named)
        nearness = self._subject.nearness(said)
        bar = BARS[nearness]
        if _confidence(ranking, bar) < bar.sure:
            heard = self._rank(self._sounds, text, parts, named)
            alike = [(score * SOUND_DISCOUNT, entry) for score, entry in heard if score >= SOUNDS_ALIKE]
            ranking = _merged(ranking, alike)
        return self._decide(ranking, bar) or Unknown(elsewhere=nearness == "elsewhere")

    @cached_property
    def _sounds(self) -> PhraseIndex:
        return PhraseIndex(self._entries, syllables, GENERIC)

    def _decide(self, ranking: Ranking, bar: Bar) -> Found | Near | None:
        confidence = _confidence(ranking, bar)
        if confidence < bar.possible:
            return None
        best = ranking[0][0]
        lead = best - ranking[1][0] if len(ranking) > 1 else best
        if confidence >= bar.sure and lead >= LEAD:
            return Found(self._rules[ranking[0][1]])
        if best < FAINT and lead < LEAD:
            return None
        return Near(tuple(self._rules[entry] for score, entry in ranking[:CHOICES] if score > best - CLOSE))

    def _rank(self, index: PhraseIndex, text: str, parts: list[str], named: frozenset[str]) -> Ranking:
        """(score, entry), best first: for the whole message, or for a little less one of its clauses."""
        scores = index.scores(text)
        if len(parts) > 1:
            for part in parts:
                if len(part) >= SHORTEST_CLAUSE:
                    for entry, score in index.scores(part).items():
                        scores[entry] = max(scores.get(entry, 0.0), score * CLAUSE_DISCOUNT)
        return sorted(((s, entry) for entry, s in scores.items() if self._concerns(entry, named)), reverse=True)

    def _concerns(self, entry: int, named: frozenset[str]) -> bool:
        """False for an entry about other projects than the question names."""
        its = self._projects_of[entry]
        return not its or not named or bool(its & named)


@lru_cache(maxsize=32)
def rulebook_of(campaign: Campaign) -> Rulebook:
    """The indexed rulebook of a campaign version; a process builds each version once."""
    return Rulebook(campaign)


def _confidence(ranking: Ranking, bar: Bar) -> float:
    """How sure the first place is: its score, and how far ahead of the second it stands."""
    if not ranking or ranking[0][0] < bar.floor:
        return 0.0
    second = ranking[1][0] if len(ranking) > 1 else 0.0
    return 2 * ranking[0][0] - second


def _merged(one: Ranking, other: Ranking) -> Ranking:
    best = {entry: score for score, entry in other}
    for score, entry in one:
        best[entry] = max(score, best.get(entry, 0.0))
    return sorted(((score, entry) for entry, score in best.items()), reverse=True)
