"""Questions about a field of the campaign file: which kind of detail is asked for, and of which thing.

Such a question is read as a whole: names of projects, the words of `data/asked.tsv`, and nothing else. A word that is
not among them (`志愿者报名什么时候截止`) may change what is asked, so such a question is left to resemblance.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from handlers.language.wordlists import rows
from handlers.rulebook.phrasing import plain
from storage.campaign_document import Project
from storage.campaign_schema import Campaign

Kind = Literal[
    "days", "start", "end", "hour", "pool", "minimum", "projects", "number", "sites",
    "platform", "organisers", "purpose", "eligible", "grant", "place", "contact", "directions",
]  # fmt: skip
Thing = Literal["registration", "matching", "drive"]


class Form(NamedTuple):
    """A kind, and the labels that a question for it must have and may have."""

    kind: Kind
    needed: str
    allowed: str = ""

    def fits(self, labels: frozenset[str]) -> bool:
        needed = frozenset(self.needed.split())
        return needed <= labels <= needed | frozenset(self.allowed.split())


_THINGS: tuple[Thing, ...] = ("registration", "matching", "drive")
_IDLE = frozenset({"able", "filler"})
_OF_A_THING = (
    Form("days", "start end", "when span"),
    Form("end", "end", "when"),
    Form("hour", "hour", "start"),
    Form("start", "start when"),
    Form("start", "start span"),
    Form("days", "span", "when sum join"),
    Form("days", "when", "join"),
)
"""Beside the thing itself: registration, matching or the drive."""
_OF_A_PROJECT = (
    Form("directions", "projects list", "sum count"),
    Form("directions", "projects count", "sum list"),
    Form("purpose", "purpose", "projects"),
    Form("purpose", "which", "projects"),
    Form("place", "where", "projects join"),
    Form("eligible", "who", "projects join"),
    Form("grant", "howmuch person", "projects grant sum"),
    Form("grant", "howmuch grant", "projects person sum"),
    Form("contact", "whom", "projects"),
)
_OF_ALL = (
    Form("pool", "matching howmuch sum"),
    Form("pool", "matching sum"),
    Form("minimum", "least howmuch", "give matching drive"),
    Form("number", "projects count", "drive sum join"),
    Form("number", "projects howmuch", "drive sum"),
    Form("projects", "projects list", "drive count sum join"),
    Form("projects", "which", "drive sum join"),
    Form("platform", "platform", "where list give drive"),
    Form("organisers", "organiser", "who list drive count"),
    Form("sites", "sites list", "drive"),
    Form("sites", "sites where", "drive"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for. `thing` for dates and hours, `project` for what belongs to one project."""

    kind: Kind
    thing: Thing | None = None
    project: Project | None = None


def read_asked(campaign: Campaign, question: str) -> Asked | None:
    """Which field of the campaign file a question asks for; None where it is not plainly and wholly about one."""
    text, projects = _without_names(campaign, plain(question))
    labels = _labels(text)
    if labels is None or len(projects) > 1:
        return None
    if projects:
        kind = _kind(labels, _OF_A_PROJECT)
        return Asked(kind, project=projects[0]) if kind else None
    if kind := _kind(labels, _OF_ALL):
        return Asked(kind)
    things = [thing for thing in _THINGS if thing in labels]
    kind = _kind(labels - set(things), _OF_A_THING)
    if kind is None or len(things) > 1 or not (things or (kind == "days" and "span" in labels)):
        return None
    return Asked(kind, things[0] if things else "drive")


def named_in(thing: Thing, text: str) -> bool:
    """Whether a text in plain form has any word for a thing."""
    return any(label == thing and word in text for word, label in _words().items())


def _kind(labels: frozenset[str], forms: tuple[Form, ...]) -> Kind | None:
    return next((form.kind for form in forms if form.fits(labels)), None)


def _without_names(campaign: Campaign, text: str) -> tuple[str, list[Project]]:
    """A plain text without the names of campaign and projects, and the projects named; a longer name wins."""
    found: list[Project] = []
    for name, project in _names(campaign):
        if name in text:
            text = text.replace(name, " ")
            if project and project not in found:
                found.append(project)
    return text, found


@lru_cache(maxsize=32)
def _names(campaign: Campaign) -> tuple[tuple[str, Project | None], ...]:
    names: list[tuple[str, Project | None]] = [
        (plain(name), project) for project in campaign.projects for name in (project.name, *project.aliases)
    ]
    names += [(plain(name), None) for name in (campaign.name, campaign.short, campaign.area, *campaign.aliases)]
    return tuple(sorted((each for each in names if len(each[0]) > 1), key=lambda each: -len(each[0])))


def _labels(text: str) -> frozenset[str] | None:
    """The labels of the words that a plain text consists of, idle ones left out; None where it has any other word."""
    words = _words()
    labels, at = set[str](), 0
    for found in _expression().finditer(text):
        if text[at : found.start()].strip():
            return None
        labels.add(words[found[0]])
        at = found.end()
    return None if text[at:].strip() else frozenset(labels - _IDLE)


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """Each word in plain form, and its label. The first row that has a word decides."""
    found: dict[str, str] = {}
    for label, words in rows("rulebook/asked"):
        for word in words.split():
            found.setdefault(plain(word) or word, label)
    return found


@lru_cache(maxsize=1)
def _expression() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _words()), key=len, reverse=True)))
