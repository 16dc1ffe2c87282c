"""What a reader may know besides the text: the campaign's names, the sender's own teams, the local time."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from handlers.language.figure_kinds import GIFTS, YUAN
from handlers.language.names import SHORT_SCHOOLS, spoken_names, unit_key
from handlers.language.numerals import DIGITS
from handlers.language.per_campaign import once_per_campaign
from handlers.language.places import shorten
from handlers.language.text import squash
from handlers.language.unit_spelling import own_name_spans
from handlers.language.wordlists import words
from handlers.understand.heads import Heads
from storage.campaign_document import Region
from storage.campaign_schema import Campaign
from storage.models.teams import Team

LONGEST_OWN_NAME = 20
"""Characters of a short form of her own unit's name; a longer one stands in full."""
_GENERIC = frozenset(words("language/unit_words", "generic"))
"""Endings that are no name by themselves."""
_OF_A_KIND: Mapping[str, tuple[str, ...]] = {
    "学校": ("学校", "小学", "中学", "大学", "学院", "职校", "中心校"),
    "医院": ("医院", "卫生院"),
}
"""How units end that are all called by one word; any other word means those that end with it."""
_FIGURE_AHEAD = re.compile(rf"(?:\d{{3,}}|\d{YUAN}|\d{GIFTS})$", re.IGNORECASE)
_JOINS = frozenset("和跟与同们")
"""What may stand ahead of the kind of a unit without being part of another's name: 一中和医院, 我们医院."""
LEAST_OF_A_NAME = 3
"""So many characters of a unit's name in a row name it, unless they are a county's."""
_NUMBERS = frozenset(f"{DIGITS}十百0123456789")
_BEFORE_A_NUMBER = _NUMBERS | {"第"}


@dataclass(frozen=True, slots=True)
class Ear:
    """The campaign that is meant, her teams in it, and the campaign's local time.

    `coordinates`: she has a role, so that the words of a list of teams are a wish for it. `taught`: masked lines of
    of which an operator said what they want (`yidui lines teach`). `heads`: the words of the bot. `answering`: a
    question of the bot's is open. `drives`: the names of practice drives, folded.
    """

    campaign: Campaign
    teams: tuple[Team, ...]
    now: datetime
    coordinates: bool = False
    taught: Mapping[str, str] = field(default_factory=dict, compare=False)
    heads: Heads = field(default_factory=dict, compare=False)
    answering: bool = False
    drives: frozenset[str] = frozenset()

    def own_names_at(self, text: str, at: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The names of her own units that begin at a place: where each ends, and the codes of the teams meant.

        A name in full goes before a part of another's (第一小学 before 第一小学分校); one without its numeral names
        several of hers, or none.
        """
        ends: dict[int, list[str]] = {}
        if not any(text[at] in team.unit for team in self.teams) or goes_on_before(text, at):
            return
        for team in self.teams:
            for end in _ends_of_name(team.unit, text, at):
                ends.setdefault(end, []).append(team.code)
        meant = {team.code for team in self._teams_behind(text, at)} if ends else set()
        for end, found in ends.items():
            codes = [code for code in found if code in meant]
            if not codes:
                continue
            in_full = [team.code for team in self.teams if team.unit == text[at:end]]
            yield end, tuple(in_full or codes)
        loose: dict[int, list[str]] = {}
        for team in self.teams if len(self.teams) > 1 else ():
            if (without := _end_without_numeral(team.unit, text, at)) is not None:
                loose.setdefault(without, []).append(team.code)
        yield from ((end, tuple(codes)) for end, codes in loose.items() if len(codes) > 1 and end not in ends)
        if not ends and (alone := self._by_its_kind(text, at)):
            yield alone

    def names_spelled(self, text: str) -> dict[int, list[tuple[int, tuple[str, ...]]]]:
        """Where names of her units that hold figures, letters or marks stand, however spelled (9·15希望小学, A/B小学,
        第⑪小學): ends and codes by start. Their digits are none of a report."""
        found: dict[tuple[int, int], list[str]] = {}
        for team in self.teams:
            if not all("\u4e00" <= char <= "\u9fff" for char in team.unit):
                for span in own_name_spans(text, spoken_names(self.campaign, team.unit)):
                    found.setdefault(span, []).append(team.code)
        places: dict[int, list[tuple[int, tuple[str, ...]]]] = {}
        for (start, end), codes in found.items():
            places.setdefault(start, []).append((end, tuple(codes)))
        return places

    def _by_its_kind(self, text: str, at: int) -> tuple[int, tuple[str, ...]] | None:
        """Of several teams the one whose unit is the only hospital, school, … , where nothing else is named ahead but
        a figure (`学校1100元医院3300元`)."""
        glued = at and text[at - 1].isalnum() and text[at - 1] not in _JOINS
        if len(self.teams) < 2 or (glued and not _FIGURE_AHEAD.search(text[max(0, at - 6) : at])):
            return None
        kind = text[at : at + 2]
        codes = self.only_one_of(kind)
        return (at + len(kind), codes) if codes else None

    def only_one_of(self, kind: str) -> tuple[str, ...]:
        """The code of the only one of several teams whose unit is of a kind that is named (学校, 医院); else none."""
        endings = _OF_A_KIND.get(kind, (kind,))
        codes = tuple(team.code for team in self.teams if kind in _GENERIC and team.unit.endswith(endings))
        return codes if len(codes) == 1 and len(self.teams) > 1 else ()

    def has_unit_called(self, kinds: Collection[str]) -> bool:
        """Whether the name of one of her units holds one of these; where she has none, any may be hers."""
        return not self.teams or any(kind in team.unit for kind in kinds for team in self.teams)

    def teams_called(self, text: str, at: int, end: int) -> tuple[str, ...]:
        """The codes of her teams that a unit's name in the text means, by the key under which units are known."""
        key = unit_key(self.campaign, text[at:end])
        if all(team.unit_key != key for team in self.teams):
            return ()
        return tuple(team.code for team in self._teams_behind(text, at) if team.unit_key == key)

    def _teams_behind(self, text: str, at: int) -> list[Team]:
        """Her teams that a name at a place may mean: 鲁甸一中 is none of another county."""
        ahead = _region_ahead(self.campaign, text, at)
        return [t for t in self.teams if ahead is None or ahead.id == t.region or _holds(t.unit, ahead)]


def _ends_of_name(unit: str, text: str, at: int) -> Iterator[int]:
    """Where a name of the unit that begins here ends: in full, or shortened to some of its characters in order."""
    full = squash(unit)
    if text[at : at + len(unit)] == unit:
        yield at + len(unit)
        return
    for length in range(min(len(unit), LONGEST_OWN_NAME) - 1, LEAST_OF_A_NAME - 1, -1):
        piece = text[at : at + length]
        if len(piece) == length and piece in unit and numbers_in(piece) == numbers_in(full) and not _is_place(piece):
            yield at + length
            return
    for length in range(min(len(full), LONGEST_OWN_NAME), 1, -1):
        tail = full[-length:]
        hers = length < len(full) and tail not in _GENERIC and not _is_short(tail, full)
        if hers and text.startswith(tail, at) and (length == 2 or numbers_in(tail) == numbers_in(full)):
            yield at + length
            return
    rest, end, last = iter(full), at, ""
    for char in text[at : at + LONGEST_OWN_NAME]:
        if not any(char == other for other in rest):
            break
        end, last = end + 1, char
    name = text[at:end]
    if goes_on_before(text, at):
        return
    ends_alike = name not in _GENERIC and (last == full[-1] or _is_short(name, full))
    if len(name) >= 2 and numbers_in(name) == numbers_in(full) and ends_alike:
        yield end


def _region_ahead(campaign: Campaign, text: str, at: int) -> Region | None:
    """The region whose name stands right ahead of a place: 鲁甸 of 鲁甸一中."""
    for region in campaign.regions if at else ():
        if not region.bucket and any(text.endswith(name, 0, at) for name in _called(region)):
            return region
    return None


def _holds(unit: str, region: Region) -> bool:
    return any(name in unit for name in _called(region))


def _called(region: Region) -> tuple[str, ...]:
    return (region.name, shorten(region.name), *region.aliases)


def _end_without_numeral(unit: str, text: str, at: int) -> int | None:
    """Where a name of the unit ends that leaves its numeral out (永善县中学 of 永善县第一中学)."""
    bare = "".join(char for char in squash(unit) if char not in _BEFORE_A_NUMBER)
    return at + len(bare) if bare != squash(unit) and text.startswith(bare, at) else None


def goes_on_before(text: str, at: int) -> bool:
    """Whether a numeral goes on ahead of a place: what begins inside 第十三中学 is no 三中."""
    return at > 0 and text[at] in _NUMBERS and text[at - 1] in _BEFORE_A_NUMBER


def _is_short(name: str, full: str) -> bool:
    return any(full.endswith(ending) and name.endswith(short) for short, ending in SHORT_SCHOOLS.items())


def _is_place(piece: str) -> bool:
    return piece[-1] in "市县区州省"


def numbers_in(name: str) -> str:
    """The numerals of a name, which two names of one unit share: 三 of 昭通市第三中学."""
    return "".join(char for char in name if char in _NUMBERS)


@once_per_campaign
def names_of(campaign: Campaign) -> dict[str, tuple[tuple[str, str], ...]]:
    """Every name of the campaign's regions, projects and of itself, by first character: the name and what it names."""
    found: dict[str, str] = {}
    for region in campaign.regions:
        for name in (region.name, shorten(region.name), *region.aliases):
            found.setdefault(name, "region")
    for name in (campaign.area, shorten(campaign.area)):
        found.setdefault(name, "area")
    for project in campaign.projects:
        for name in (project.name, *project.aliases):
            found.setdefault(name, "project")
    for name in (campaign.name, campaign.short, *campaign.aliases, *(o.name for o in campaign.organisers)):
        found.setdefault(name, "campaign")
    index: dict[str, list[tuple[str, str]]] = {}
    for name, kind in found.items():
        if len(name) > 1:
            index.setdefault(name[0], []).append((name, kind))
    return {char: tuple(sorted(names, key=lambda each: -len(each[0]))) for char, names in index.items()}
