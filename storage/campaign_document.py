"""What a campaign file takes from its document: who, where, for what, when, and by which rules."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from storage.campaign_tables import Fen, Name, Slug, Sourced, Table, Text
from storage.campaign_times import End, Hour, Start


class Organiser(Sourced):
    name: Text
    role: str = "主办"
    aliases: tuple[str, ...] = ()


class Region(Sourced):
    """A place a team belongs to. `bucket` regions (市直) collect units that belong to no county.

    `code`: of the national division code (国家统计局), where it is a division.
    """

    id: Slug
    name: Name
    aliases: tuple[Name, ...] = ()
    parent: str | None = None
    bucket: bool = False
    code: Annotated[str, Field(pattern=r"^(\d{2}|\d{4}|\d{6}|\d{9})?$")] = ""


class Contact(Sourced):
    """Whom to call. `public`: printed in a public notice, so every follower may be told.

    Where the document names nobody, `name` and `office` are the issuing office and there are no `phones`.
    """

    id: Slug
    name: Text
    office: Text
    phones: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    public: bool = True


UnitKind = Literal["学校", "医院", "企业", "机关", "村社区", "社会组织", "慈善组织", "社工机构", "志愿服务机构"]
"""What kind of unit a name says it is."""


class Project(Sourced):
    """A project, or with `parent` one of a project's directions, that teams register for.

    `region`: where it is carried out. `only_regions`, `only_kinds`: the places and the kinds of units the document
    names for it, where it names any; other units are asked about. Where `only_regions` is empty, `region` counts.
    """

    id: Slug
    name: Name
    aliases: tuple[Name, ...] = ()
    parent: str | None = None
    purpose: Text
    eligible: str = ""
    initiators: tuple[str, ...] = ()
    executor: str = ""
    region: str | None = None
    only_regions: tuple[str, ...] = ()
    only_kinds: tuple[UnitKind, ...] = ()
    grant_min_fen: Fen | None = None
    grant_max_fen: Fen | None = None
    link: str = ""
    contacts: tuple[str, ...] = ()


class Window(Sourced):
    """A span of business time; an open side is absent. `opens` is the hour at which each day begins."""

    start: Start | None = None
    end: End | None = None
    opens: Hour | None = None

    def holds(self, now: datetime) -> bool:
        return (self.start is None or now >= self.start) and (self.end is None or now <= self.end)


class Windows(Table):
    """`activity`: the days of the drive itself, where the document speaks of no matching."""

    registration: Window | None = None
    activity: Window | None = None
    matching: Window | None = None
    reporting: Window | None = None
    publicity: Window | None = None


class Match(Sourced):
    """`kind` is `not stated` where the document promises matched money but not how it is shared out."""

    kind: Literal["random", "ratio", "none", "not stated"]
    pool_fen: Fen | None = None
    pool_scope: str = ""


class Threshold(Sourced):
    """A claim threshold: a team at or above it decides on the use of its money (谁筹资、谁主张).

    `channels`: whose donations count. `basis`: whether matched money counts besides, where it is known by team.
    """

    amount_fen: Fen
    comparator: Literal["at least", "more than"] = "at least"
    projects: tuple[str, ...]
    channels: Annotated[tuple[Literal["online", "offline"], ...], Field(min_length=1)] = ("online", "offline")
    basis: Literal["donations", "donations and match"] = "donations"
    above: str
    below: str
    caveat: str = ""

    def reached(self, amount_fen: int) -> bool:
        return amount_fen >= self.amount_fen if self.comparator == "at least" else amount_fen > self.amount_fen


class Attribution(Sourced):
    principle: str
    reviewer: str = ""


class Policy(Table):
    minimum_gift_fen: Fen | None = None
    minimum_gift_source: str = ""
    match: Match | None = None
    threshold: Threshold | None = None
    attribution: Attribution | None = None
    voluntary: Text
    voluntary_source: str = ""
    incident_duty: str = ""
    incident_source: str = ""


class Rule(Sourced):
    """One entry of the rulebook: what people ask, in several phrasings, and the answer in our own words.

    Some topics mean something to the bot: `contact` (the entry about the person in `contact`), `contact-all`,
    `threshold-above`, `threshold-below`, `threshold-exact` and `threshold-other` (a project without the
    threshold) are chosen by names and amounts in a question; `refuse` is what the bot must decline.
    `contact` is whom to ask about the entry. `covers`: the common entries (`campaigns/_common`) that it answers too.
    """

    id: Slug
    topic: str
    questions: tuple[str, ...] = ()
    answer: Text
    contact: str | None = None
    covers: tuple[Slug, ...] = ()
