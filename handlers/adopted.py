"""Answers that coordinators made rules of: what they may answer, and whether the same words find them."""

from typing import Literal

from handlers.rulebook.phrasing import GENERIC, plain
from handlers.rulebook.questions import Found, Near, Rulebook
from storage.campaign_document import Rule
from storage.campaign_schema import Campaign

Tried = Literal["found", "offered", "other", "none"]
"""What a question meets: the entry as the answer, among those offered, another entry, or nothing."""


def nouns_of(phrasing: str) -> list[str]:
    """What a phrasing is about: the things that it names, each by the characters that must be said to mean it.

    Between the characters that questions about anything are made of stand a thing's name or a deed: of a long run its
    beginning and its end, of three characters the last two.
    """
    runs = "".join(" " if char in GENERIC or not char.isalnum() else char for char in plain(phrasing)).split()
    nouns = []
    for run in runs:
        if len(run) == 2:
            nouns.append(run)
        elif len(run) > 2:
            nouns += [run[:2], run[-2:]] if len(run) > 3 else [run[-2:]]
    return nouns


def holds_its_noun(rule: Rule, question: str) -> bool:
    """Whether a question names every thing that one of the phrasings of an adopted answer is about."""
    said = plain(question)
    return any(all(noun in said for noun in nouns) for each in rule.questions if (nouns := nouns_of(each)))


def tried(campaign: Campaign, rule_id: str, question: str) -> Tried:
    """What a question would meet in a campaign as it is to be published. Takes some hundred milliseconds."""
    match Rulebook(campaign).ask(question):
        case Found(rule) if rule.id == rule_id:
            return "found" if holds_its_noun(rule, question) else "none"
        case Near(rules) if any(rule.id == rule_id for rule in rules):
            return "offered"
        case Found() | Near():
            return "other"
        case _:
            return "none"
