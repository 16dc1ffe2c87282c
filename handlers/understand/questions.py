"""Answer a question from one campaign's rulebook, offline: names and amounts first, then resemblance.

Resemblance is measured against curated phrasings of this campaign only. How well the best entry fits is its score
less what speaks against it: that the question is not plainly about the campaign, or asks for what the entry is never
asked for. Too poor a fit is unknown, for the bot never guesses a rule; a fair one is offered as a choice; a good one
that stands well before the second is the answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from handlers.understand.named import (
    projects_in,
    rule_about_contact,
    rule_about_refused,
    rule_about_threshold,
)
from handlers.understand.phrasing import LONGEST, asked_for, plain
from handlers.understand.retrieval import Entry, PhraseIndex
from handlers.understand.subject import Nearness, Subject
from handlers.understand.text import normalise
from storage.campaign_schema import Campaign, Rule

POSSIBLE = 0.55
"""The fit (at most 2) from which entries are offered."""
SURE = 1.35
"""The fit and the lead over the second, together, from which the best entry is the answer."""
LEAD = 0.05
"""The answer stands at least so far before the second, however well both fit."""
CLOSE = 0.35
"""An entry this far below the best is no alternative to it."""
CHOICES = 3
DISTANT: dict[Nearness, float] = {"drive": 0.0, "rulebook": 0.25, "unclear": 0.35, "elsewhere": 1.5}
"""What it takes off that a question is not plainly about the campaign."""
NEVER_ASKED = 0.5
"""What it takes off that a question asks when, who, where or how many, and no phrasing of the entry does."""

_BY_NAME: tuple[Callable[[Campaign, str], Rule | None], ...] = (
    rule_about_refused,
    rule_about_contact,
    rule_about_threshold,
)
Ranking = list[tuple[float, int]]


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
    """One campaign's rulebook, indexed. Asking changes nothing; building takes some hundred milliseconds."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._rules = campaign.rulebook
        phrasings = [tuple(map(plain, rule.questions)) for rule in self._rules]
        self._index = PhraseIndex([Entry(p, plain(r.answer)) for p, r in zip(phrasings, self._rules, strict=True)])
        self._subject = Subject(campaign)
        self._projects_of = [projects_in(campaign, "，".join(each)) for each in phrasings]
        self._asked_for = [frozenset[str]().union(*map(asked_for, each)) for each in phrasings]

    def ask(self, question: str) -> Finding:
        """The entry that answers, or near ones, or Unknown."""
        said = normalise(question)[:LONGEST]
        for rule_about in _BY_NAME:
            if rule := rule_about(self._campaign, said):
                return Found(rule)
        text = plain(said)
        ranking = self._rank(text)
        if not ranking:
            return Unknown()
        nearness = self._subject.nearness(said, self._rules[ranking[0][1]])
        return self._decide(ranking, text, nearness) or Unknown(elsewhere=nearness == "elsewhere")

    def _rank(self, text: str) -> Ranking:
        """(score, entry), best first; without entries about other projects than the question names."""
        named = projects_in(self._campaign, text)
        scores = self._index.scores(text)
        return sorted(((score, entry) for entry, score in scores.items() if self._concerns(entry, named)), reverse=True)

    def _concerns(self, entry: int, named: frozenset[str]) -> bool:
        its = self._projects_of[entry]
        return not its or not named or bool(its & named)

    def _decide(self, ranking: Ranking, text: str, nearness: Nearness) -> Found | Near | None:
        best, first = ranking[0]
        second = ranking[1][0] if len(ranking) > 1 else 0.0
        wanted = asked_for(text)
        fit = best - DISTANT[nearness]
        if wanted and not wanted & self._asked_for[first]:
            fit -= NEVER_ASKED
        if fit < POSSIBLE:
            return None
        lead = best - second
        if lead >= LEAD and fit + lead >= SURE:
            return Found(self._rules[first])
        return Near(tuple(self._rules[entry] for score, entry in ranking[:CHOICES] if score > best - CLOSE))


@lru_cache(maxsize=32)
def rulebook_of(campaign: Campaign) -> Rulebook:
    """The indexed rulebook of a campaign version; a process builds each version once."""
    return Rulebook(campaign)
