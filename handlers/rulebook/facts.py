"""What a field of the campaign file answers: the values, as the document prints them, and where they are from.

Figures are printed as notices print them: 5月7日—9日, 10点, 1元, 1000万元, 300-20000元.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.rulebook.asked import Asked, Kind
from storage.campaign_document import Contact, Project, Rule, Window
from storage.campaign_extras import Site
from storage.campaign_schema import Campaign
from storage.campaign_tables import Sourced, Status

SILENT: Status = "not stated"
ALIKE = 0.5
"""The share of a purpose's pairs of characters that an answer must have to tell it."""
_FEN_OF_WAN, _FEN_OF_YI = 1_000_000, 10_000_000_000


@dataclass(frozen=True, slots=True)
class Fact:
    """One field's answer. `about`: the thing, a project by its name; `values`: in the order in which they are told.

    `told_by` decides whether an answer of the rulebook says the same.
    """

    kind: Kind
    about: str
    values: tuple[str, ...]
    source: str
    status: Status
    note: str = ""
    contact: Contact | None = None
    told_by: Callable[[str], bool] = lambda _answer: False

    def words(self, rule: Rule) -> bool:
        """Whether an entry states the fact; one about whom to call names projects for another reason."""
        return rule.status != SILENT and not rule.topic.startswith("contact") and self.told_by(rule.answer)

    def doubted_by(self, rule: Rule) -> bool:
        """Whether an entry says of a value that is only inferred that the document does not give it."""
        figures = re.findall(r"\d+[日点元]", self.values[-1])
        return self.status == "inferred" and rule.status == SILENT and any(figure in rule.answer for figure in figures)


def fact_for(campaign: Campaign, asked: Asked) -> Fact | None:
    """The fact that answers; None where the file has no such field, or says itself that it is not stated."""
    if asked.project:
        fact = _of_project(campaign, asked.kind, asked.project)
    elif asked.thing:
        fact = _of_window(campaign, asked)
    else:
        fact = _of_all(campaign, asked.kind)
    return fact if fact and fact.values and fact.status != SILENT else None


def yuan(fen: int) -> str:
    """An amount as a notice prints it: 1元, 1000万元, 2亿元."""
    if fen and fen % _FEN_OF_YI == 0:
        return f"{fen // _FEN_OF_YI}亿元"
    if fen and fen % _FEN_OF_WAN == 0:
        return f"{fen // _FEN_OF_WAN}万元"
    return f"{fen / 100:.10g}元"


def day(at: datetime) -> str:
    return f"{at.month}月{at.day}日"


def days(start: datetime, end: datetime) -> str:
    """A span of days as a notice prints it."""
    if start.date() == end.date():
        return day(start)
    return (
        f"{day(start)}—{end.day}日"
        if (start.year, start.month) == (end.year, end.month)
        else f"{day(start)}—{day(end)}"
    )


def _of_window(campaign: Campaign, asked: Asked) -> Fact | None:
    windows = campaign.windows
    if asked.thing == "registration":
        window, about = windows.registration, "registration"
    elif asked.thing == "matching":
        window, about = windows.matching, "matching"
    else:
        window, about = windows.activity or windows.matching, "drive"
    if window is None:
        return None
    if asked.kind == "hour":
        return _hour(window, about)
    start, end = (at and campaign.local(at) for at in (window.start, window.end))
    if asked.kind == "start" or end is None:
        return _dated(window, "start", about, day(start), start) if start and asked.kind != "end" else None
    if asked.kind == "end" or start is None:
        return _dated(window, "end", about, day(end), end)
    return _dated(window, "days", about, days(start, end), end)


def _dated(window: Window, kind: Kind, about: str, value: str, at: datetime) -> Fact:
    """A day is told with its month, or as the end of a span (`5月20日至22日`)."""
    told = re.compile(rf"(?<!\d){at.month}月(?:\d+日[^，。；\d]{{0,3}}(?:{at.month}月)?)?{at.day}日")
    return _fact(kind, about, (value,), window, lambda answer: told.search(answer) is not None)


def _hour(window: Window, about: str) -> Fact | None:
    if window.opens is None:
        return None
    opens = f"{window.opens.hour}点" + (f"{window.opens.minute}分" if window.opens.minute else "")
    return _fact("hour", about, (opens,), window, lambda answer: opens in answer)


def _of_all(campaign: Campaign, kind: Kind) -> Fact | None:
    match, minimum = campaign.policy.match, campaign.policy.minimum_gift_fen
    if kind == "pool" and match and match.pool_fen:
        pool = yuan(match.pool_fen)
        scope = (match.pool_scope,) if match.pool_scope else ()
        return _fact(kind, "matching", (pool, *scope), Sourced(source=match.source), lambda answer: pool in answer)
    if kind == "minimum" and minimum:
        least = yuan(minimum)
        where = Sourced(source=campaign.policy.minimum_gift_source)
        return _fact(kind, "gift", (least,), where, lambda answer: re.search(rf"(?<!\d){least}", answer) is not None)
    if kind in ("projects", "number"):
        return _list(kind, campaign.short, [p for p in campaign.projects if p.parent is None])
    if kind == "platform":
        where = Sourced(source=campaign.document)
        return _fact(kind, "drive", (campaign.platform,), where, lambda answer: campaign.platform in answer)
    if kind == "organisers":
        return _organisers(campaign)
    if kind == "sites":
        return _list(kind, campaign.short, campaign.sites)
    return None


def _organisers(campaign: Campaign) -> Fact:
    """Who organises, each with its role as the notice calls it."""
    roles: dict[str, list[str]] = {}
    for organiser in campaign.organisers:
        roles.setdefault(organiser.role, []).append(organiser.name)
    values = tuple(f"{role}：{'、'.join(names)}" for role, names in roles.items())
    return Fact("organisers", "drive", values, _sources(campaign.organisers), "stated")


def _of_project(campaign: Campaign, kind: Kind, project: Project) -> Fact | None:
    if kind == "directions":
        return _list(kind, project.name, [p for p in campaign.projects if p.parent == project.id])
    if kind == "purpose":
        return _fact(kind, project.name, (project.purpose,), project, lambda answer: _alike(project.purpose, answer))
    if kind == "eligible" and project.eligible:
        return _fact(kind, project.name, (project.eligible,), project, lambda answer: _alike(project.eligible, answer))
    if kind == "grant" and project.grant_min_fen is not None and project.grant_max_fen is not None:
        low, high = (f"{fen / 100:.10g}" for fen in (project.grant_min_fen, project.grant_max_fen))
        return _fact(kind, project.name, (f"{low}-{high}元",), project, lambda answer: low in answer and high in answer)
    if kind == "place" and project.region:
        place = campaign.region(project.region).name
        return _fact(kind, project.name, (place,), project, lambda answer: place in answer and project.name in answer)
    contact = next((c for c in campaign.contacts if c.public and c.id in project.contacts), None)
    if kind == "contact" and contact:
        return Fact(kind, project.name, (contact.name,), contact.source, contact.status, "", contact)
    return None


def _fact(kind: Kind, about: str, values: tuple[str, ...], table: Sourced, told_by: Callable[[str], bool]) -> Fact:
    return Fact(kind, about, values, table.source, table.status, table.note, told_by=told_by)


def _list(kind: Kind, about: str, rows: Sequence[Project] | Sequence[Site]) -> Fact | None:
    """Two or more things by their names; one alone is no list. An answer tells them that has each by some name."""
    if len(rows) < 2:
        return None
    names = [(row.name, *row.aliases) for row in rows]

    def told(answer: str) -> bool:
        listed = all(any(name in answer for name in each) for each in names)
        return listed or (kind == "number" and _tells_number(answer))

    unsure = next((row for row in rows if row.status != "stated"), rows[0])
    named = tuple(row.name for row in rows)
    return Fact(
        kind,
        about,
        named,
        _sources(rows),
        unsure.status,
        unsure.note if unsure.status != "stated" else "",
        told_by=told,
    )


def _sources(rows: Sequence[Sourced]) -> str:
    """Where several rows are from, each section once."""
    return "；".join(dict.fromkeys(section for row in rows for section in row.source.split("；") if section))


def _tells_number(answer: str) -> bool:
    return re.search("[0-9一二两三四五六七八九十]+个?(?:子|小)?项目|项目[^，。；]{0,4}?[0-9]+个", answer) is not None


def _alike(said: str, answer: str) -> bool:
    """Whether an answer has most of what a field says, pair by pair of characters."""
    words = re.sub(r"[^\w]", "", said)
    pairs = {words[at : at + 2] for at in range(len(words) - 1)}
    return sum(pair in answer for pair in pairs) >= ALIKE * len(pairs)
