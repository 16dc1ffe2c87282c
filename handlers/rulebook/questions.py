"""Answer a question from one campaign's rulebook, offline: names and amounts first, then resemblance.

A question that is wholly about a field of the campaign file (a date, an amount, the projects, what one of them is for)
is answered with that field's value: by the entry that says it, else by the field itself.
Resemblance is measured against curated phrasings of this campaign only. How well the best entry fits is its score
less what speaks against it: that the question is not plainly about the campaign, or that the answer does not tell what
is asked for. Too poor a fit is unknown, for the bot never guesses a rule; a fair one is offered as a choice; a good one
that stands well before the second is the answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

from handlers.language.text import normalise
from handlers.rulebook.asked import Asked, named_in, read_asked
from handlers.rulebook.facts import Fact, fact_for
from handlers.rulebook.named import (
    asks_about_another_time,
    projects_in,
    rule_about_contact,
    rule_about_refused,
    rule_about_threshold,
    speaks_of_another_time,
)
from handlers.rulebook.nouns import nouns_asked_about
from handlers.rulebook.phrasing import LONGEST, plain
from handlers.rulebook.private import rule_about_private
from handlers.rulebook.retrieval import Entry, PhraseIndex
from handlers.rulebook.subject import Nearness, Subject
from handlers.rulebook.wanted import Want, tells, wants
from storage.campaign_document import Rule
from storage.campaign_schema import Campaign

POSSIBLE = 0.45
"""The fit (at most 2) from which entries are offered."""
POSSIBLE_IF_SHORT = 0.74
"""The same for a question that has no room for chatter: all of it must be about the matter."""
SHORT = 9
"""Characters, in plain form, of such a question. It has one noun, and an entry without that is about something else."""
TINY, LIKE_IF_TINY = 4, 1.32
"""Of so few characters most entries have all: the score, nothing taken off, from which one is looked at."""
SURE = 1.2
"""The fit and the lead over the second, together, from which the best entry is the answer."""
SURE_OF_SILENCE = 1.0
"""The same where the entry says that the document is silent, which promises nobody anything."""
LEAD = 0.05
"""The answer stands at least so far before the second, however well both fit."""
CLOSE = 0.35
"""An entry this far below the best is no alternative to it."""
BEHIND = 0.7
"""An entry that says that the document is silent may be so far below one that does not tell what is asked for."""
ALONE = 0.15
"""A best that stands so far before the second is likely meant: it takes off half that the question is not plain."""
CHOICES = 3
SILENT = "not stated"
DISTANT: dict[Nearness, float] = {"drive": 0.0, "rulebook": 0.2, "unclear": 0.35, "aside": 0.4, "elsewhere": 1.5}
"""What it takes off that a question is not plainly about the campaign."""
UNTOLD = 0.8
"""What it takes off that an entry resembles the question and yet does not tell what is asked for."""

_BY_NAME: tuple[Callable[[Campaign, str], Rule | None], ...] = (
    rule_about_refused,
    rule_about_private,
    rule_about_contact,
    rule_about_threshold,
)


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


@dataclass(frozen=True, slots=True)
class Told:
    """No entry says it, but a field of the campaign file does."""

    fact: Fact


Finding = Found | Told | Near | Unknown


class Ranked(NamedTuple):
    """An entry and its score; `told`: whether it tells what the question asks for."""

    score: float
    entry: int
    told: bool


class Rulebook:
    """One campaign's rulebook, indexed. Asking changes nothing; building takes some hundred milliseconds."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._rules = campaign.rulebook
        phrasings = [tuple(map(plain, rule.questions)) for rule in self._rules]
        self._index = PhraseIndex([Entry(p, plain(r.answer)) for p, r in zip(phrasings, self._rules, strict=True)])
        self._subject = Subject(campaign, phrasings)
        self._projects_of = [projects_in(campaign, "，".join(each)) for each in phrasings]
        named = zip(self._rules, self._projects_of, strict=True)
        self._names_of = {rule.id: {campaign.project(p).name for p in its} for rule, its in named}

    def ask(self, question: str) -> Finding:
        """The entry that answers, a field that does, near entries, or Unknown."""
        said = normalise(question)[:LONGEST]
        asked = wants(said)
        for rule_about in _BY_NAME:
            rule = rule_about(self._campaign, said)
            if rule and (rule.topic != "contact" or self._of_this_contact(rule, said, asked)):
                return Found(rule)
        of_a_field = read_asked(self._campaign, said)
        fact = of_a_field and fact_for(self._campaign, of_a_field)
        ranking = self._rank(plain(said), asked)
        if of_a_field and not fact:
            ranking = [each for each in ranking if self._names_thing(each.entry, of_a_field)]
        if asks_about_another_time(said):
            ranking = [each for each in ranking if speaks_of_another_time(self._campaign, self._rules[each.entry])]
            finding = self._resembling(said, asked, ranking)
            return Unknown(elsewhere=True) if isinstance(finding, Unknown) else finding
        finding = self._resembling(said, asked, ranking)
        return self._worded(fact, finding, ranking) if fact else finding

    def _resembling(self, said: str, asked: tuple[Want, ...], ranking: list[Ranked]) -> Found | Near | Unknown:
        nearness = self._subject.nearness(said, self._rules[ranking[0].entry] if ranking else None)
        length = len(plain(said))
        if not ranking or length < 2 or (length <= TINY and ranking[0].score < LIKE_IF_TINY):
            return Unknown(elsewhere=nearness == "elsewhere")
        possible = POSSIBLE_IF_SHORT if length <= SHORT else POSSIBLE
        decided = self._decide(ranking, bool(asked), DISTANT[nearness], possible)
        return decided or Unknown(elsewhere=nearness == "elsewhere")

    def _worded(self, fact: Fact, finding: Finding, ranking: list[Ranked]) -> Found | Told:
        """A fact in the words of the entry that states it, the one that resembles the question most.

        What a project is for, who organises, and what the file only infers, an entry may tell otherwise than the field.
        """
        if isinstance(finding, Found) and (fact.words(finding.rule) or self._tells_otherwise(finding.rule, fact)):
            return finding
        stating = (self._rules[each.entry] for each in ranking if fact.words(self._rules[each.entry]))
        if rule := next(stating, None):
            return Found(rule)
        return finding if isinstance(finding, Found) and fact.doubted_by(finding.rule) else Told(fact)

    def _names_thing(self, entry: int, asked: Asked) -> bool:
        """Whether an entry speaks of the thing whose date is asked for, and which the file has not."""
        rule = self._rules[entry]
        return (
            asked.thing is None
            or asked.thing == "drive"
            or named_in(asked.thing, plain("，".join((*rule.questions, rule.answer))))
        )

    def _tells_otherwise(self, rule: Rule, fact: Fact) -> bool:
        if fact.kind == "organisers":
            return rule.status != SILENT
        return fact.kind == "purpose" and rule.topic != "contact" and fact.about in self._names_of[rule.id]

    def _of_this_contact(self, rule: Rule, said: str, asked: tuple[Want, ...]) -> bool:
        return tells(rule.answer, asked) and not self._subject.speaks_of_another(said, rule)

    def _rank(self, text: str, asked: tuple[Want, ...]) -> list[Ranked]:
        """Best first, without entries about other projects than the question names."""
        named = projects_in(self._campaign, text) or self._projects_at(text)
        scores = self._index.scores(text).items()
        nouns = nouns_asked_about(text) if len(text) <= SHORT else ()
        holding = set().union(*map(self._index.entries_with, nouns)) if nouns else range(len(self._rules))
        ranking = (
            self._ranked(score, entry, asked, entry in holding)
            for entry, score in scores
            if self._concerns(entry, named)
        )
        return sorted(ranking, reverse=True)

    def _ranked(self, score: float, entry: int, asked: tuple[Want, ...], holds_noun: bool) -> Ranked:
        """An entry that declines, or says itself that the document is silent, tells all there is of what it names."""
        rule = self._rules[entry]
        told = rule.status == SILENT or rule.topic == "refuse" or tells(rule.answer, asked)
        if score < POSSIBLE or (told and holds_noun):
            return Ranked(score, entry, told=True)
        return Ranked(score - UNTOLD, entry, told=False)

    def _projects_at(self, text: str) -> frozenset[str]:
        """The projects carried out in the one region that a question about a project names (永善那个项目)."""
        if "项目" not in text:
            return frozenset()
        at = [p for p in self._campaign.projects if p.region and self._region_named(p.region, text)]
        return frozenset(each for p in at for each in (p.id, p.parent) if each)

    def _region_named(self, region: str, text: str) -> bool:
        return plain(self._campaign.region(region).name[:-1]) in text

    def _concerns(self, entry: int, named: frozenset[str]) -> bool:
        its = self._projects_of[entry]
        return not its or not named or bool(its & named)

    def _decide(self, ranking: list[Ranked], detail: bool, distant: float, possible: float) -> Found | Near | None:
        """`detail`: whether a certain detail is asked for. Of several that decline only the best is offered."""
        best, *others = ranking
        rule = self._rules[best.entry]
        lead = best.score - others[0].score if others else best.score
        fit = best.score - (distant / 2 if lead >= ALONE and distant < DISTANT["unclear"] else distant)
        if fit < possible:
            return None
        matter = max(each.score if each.told else each.score + UNTOLD for each in ranking)
        if best.score < matter - (BEHIND if rule.status == SILENT else CLOSE):
            return None
        if lead >= LEAD and fit + lead >= (SURE_OF_SILENCE if rule.status == SILENT else SURE):
            return Found(rule)
        if not best.told:
            return None
        close = [self._rules[each.entry] for each in ranking[:CHOICES] if each.score > best.score - CLOSE and each.told]
        declining = [each for each in close if each.status == SILENT or each.topic == "refuse"]
        if declining == close and (detail or lead >= LEAD or len(close) > 1):
            return Found(rule)
        return Near(tuple(each for each in close if each not in declining[1:]))


_BUILDING = Lock()
_indexed = lru_cache(maxsize=32)(Rulebook)


def rulebook_of(campaign: Campaign) -> Rulebook:
    """The indexed rulebook of a campaign version; a process builds each version once, whichever thread asks first."""
    with _BUILDING:
        return _indexed(campaign)
