"""A roster from a table: each row read, compared with what is kept, and put on one of five lists."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from handlers import texts
from handlers.imports.likeness import Likeness
from handlers.imports.rows import Refusal, Refused, refuse_sums
from handlers.imports.sheet import Row, Table
from handlers.language.names import is_ending, unit_key
from handlers.language.places import places_called, region_at_start
from handlers.language.telephones import take_telephone
from handlers.language.text import squash
from handlers.language.unit_spelling import cleaned
from handlers.language.units import NoUnit, looks_like_unit
from storage.campaign_document import Project, Region
from storage.campaign_schema import Campaign
from storage.models.people import Card
from storage.roster import Change, Listing, RosterUnit, UnitPeople

ROLES = ("leader", "liaison", "incidents")
REQUIRED = ("unit",)
_BETWEEN = str.maketrans(dict.fromkeys(",，;；/|", "、"))
_LONGEST_PERSON = 20
_NO_UNIT: Mapping[NoUnit, str] = {
    "empty": "no name of a unit",
    "command": "a word the bot obeys, no unit",
    "too long": "longer than a unit's name may be",
    "phone": "a telephone stands in the unit's name",
    "number": "a number, no unit",
    "question": "a question, no unit",
    "region": "a place, no unit",
    "project": "a project, no unit",
    "ending": "what many units are called; write it in full",
}
"""Why a row's unit is refused. What only looks like a person's or a fancy name is the organisers' to say."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row that was read. `changes`: field → before and after, where it is on the roster already.

    `like`: the official names of units that it may be the same as.
    """

    row: int
    change: Change
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    like: Sequence[str] = ()

    @property
    def unit(self) -> str:
        return self.change.after.unit.unit


@dataclass(slots=True)
class Compared:
    """Every row on one list: `alike` are new ones that look like another unit, and wait for a person to say."""

    new: list[Line] = field(default_factory=list)
    same: list[Line] = field(default_factory=list)
    changed: list[Line] = field(default_factory=list)
    alike: list[Line] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def changes(self, *, apart: bool) -> list[Change]:
        """What is to be written. `apart`: those that look like others are units of their own."""
        lines = [*self.new, *self.changed, *(self.alike if apart else ())]
        return [line.change for line in sorted(lines, key=lambda line: line.row)]

    def liaisons(self, *, apart: bool) -> list[Line]:
        """The rows that name a liaison and are on the roster once it is written."""
        lines = [*self.new, *self.same, *self.changed, *(self.alike if apart else ())]
        named = [line for line in lines if line.change.after.people.liaison.name]
        return sorted(named, key=lambda line: line.row)


def compare(
    campaign: Campaign, table: Table, kept: Mapping[str, Listing], tick: Callable[[], None] = lambda: None
) -> Compared:
    """Each row of a table beside what is kept. `tick` is called after each row."""
    compared, likeness, rows = Compared(), Likeness(campaign), dict[str, int]()
    for listing in kept.values():
        _put(likeness, listing.unit)
    for row in table.rows:
        try:
            line = _line(campaign, table, row, kept)
            if first := rows.get(line.change.after.unit.id):
                raise Refused(f"the same unit as row {first}")
        except Refused as why:
            compared.refused.append(Refusal(row.number, row.cells["unit"], str(why)))
        else:
            rows[line.change.after.unit.id] = row.number
            _sort_in(compared, likeness, line)
        tick()
    return compared


def _sort_in(compared: Compared, likeness: Likeness, line: Line) -> None:
    after = line.change.after.unit
    if line.change.before is not None:
        (compared.changed if line.changes else compared.same).append(line)
        return
    if like := likeness.like(after.region, after.unit):
        compared.alike.append(replace(line, like=like))
    else:
        compared.new.append(line)
    _put(likeness, after)


def _put(likeness: Likeness, unit: RosterUnit) -> None:
    for name in (unit.unit, *unit.short):
        likeness.add(unit.region, name, unit.unit)


def _line(campaign: Campaign, table: Table, row: Row, kept: Mapping[str, Listing]) -> Line:
    name = cleaned(row.cells["unit"]).strip()
    _refuse_name(campaign, name)
    region = _region(campaign, row.cells.get("region", ""), name)
    key = unit_key(campaign, name)
    before = kept.get(f"{key}|{region.id}")
    unit = RosterUnit(unit=name, keys=(key,), region=region.id)
    unit = _with_names(campaign, table, row, unit, before)
    unit = unit.model_copy(update={"project": _project(campaign, table, row, before)})
    after = Listing(unit, _people(table, row, before))
    return Line(row.number, Change(before, after), _differences(campaign, before, after) if before else {})


def _refuse_name(campaign: Campaign, name: str) -> None:
    refuse_sums(name)
    if name[:1] in ("=", "+", "-", "@"):
        raise Refused("it begins like a formula")
    reason = "ending" if is_ending(name) else looks_like_unit(campaign, name)
    if reason and reason in _NO_UNIT:
        raise Refused(_NO_UNIT[reason])


def _region(campaign: Campaign, told: str, unit: str) -> Region:
    """The region that a row names (in full, in short, by id); where it names none, that of the unit's name."""
    if not told:
        if located := region_at_start(campaign, unit):
            return located[0]
        raise Refused("no region, and none in the unit's name")
    found = [r for r in campaign.regions if r.id == told] or places_called(campaign, told)
    if not found:
        raise Refused(f"no region is called {told}")
    if len(found) > 1:
        named = ", ".join(texts.naming.place_in_full(campaign, each) for each in found)
        raise Refused(f"{told} stands in several places; write it in full: {named}")
    return found[0]


def _project(campaign: Campaign, table: Table, row: Row, before: Listing | None) -> str:
    """A table without the column leaves the project as it is."""
    if "project" not in table.fields:
        return before.unit.project if before else ""
    told = row.cells["project"]
    return _named_project(campaign, told).id if told else ""


def _named_project(campaign: Campaign, told: str) -> Project:
    wanted = squash(told).strip('“”"《》')
    for project in campaign.projects:
        if told == project.id or wanted in map(squash, (project.name, *project.aliases)):
            return project
    raise Refused(f"no project is called {told}")


def _with_names(campaign: Campaign, table: Table, row: Row, unit: RosterUnit, before: Listing | None) -> RosterUnit:
    if "short" not in table.fields:
        short = before.unit.short if before else ()
    else:
        told = row.cells["short"].translate(_BETWEEN).split("、")
        short = tuple(dict.fromkeys(name.strip() for name in told if name.strip() and name.strip() != unit.unit))
    for name in short:
        if is_ending(name):
            raise Refused(f"the short name {name} is what many units are called")
    region = campaign.region(unit.region)
    keys = [key for name in (unit.unit, *short) for key in keys_of(campaign, name, region)]
    return unit.model_copy(update={"short": short, "keys": tuple(dict.fromkeys((*unit.keys, *keys)))})


def keys_of(campaign: Campaign, name: str, region: Region) -> tuple[str, ...]:
    """What a unit of a region is known by: its name, and that with the region's before it: 永善县医院 for 县医院."""
    key = unit_key(campaign, name)
    if key.startswith(region.name):
        return (key,)
    return key, unit_key(campaign, region.name + name.removeprefix(region.name[-1]))


def _people(table: Table, row: Row, before: Listing | None) -> UnitPeople:
    """Of a role without a column what is kept stays; an empty cell forgets it."""
    people = before.people if before else UnitPeople()
    told = {role: _card(row, role) for role in ROLES if {role, f"{role}_phone"} & table.fields}
    return people.model_copy(update=told)


def _card(row: Row, role: str) -> Card:
    """A name and a telephone, also where both stand in one cell."""
    beside, name = take_telephone(row.cells.get(role, ""))
    typed = row.cells.get(f"{role}_phone", "")
    phone, rest = take_telephone(typed)
    if typed and (not phone or any(char.isalnum() for char in rest)):
        raise Refused(f"{typed} is no telephone" if not phone else f"more than one telephone: {typed}")
    name = "".join(char for char in name if char.isprintable()).strip(" ,、:()")
    if len(name) > _LONGEST_PERSON:
        raise Refused(f"{name[:_LONGEST_PERSON]}… is longer than a person's name")
    return Card(name=name, phone=phone or beside)


def _differences(campaign: Campaign, before: Listing, after: Listing) -> dict[str, tuple[str, str]]:
    both = zip(_told(campaign, before), _told(campaign, after), strict=True)
    return {name: (was, now) for (name, was), (_, now) in both if was != now}


def _told(campaign: Campaign, listing: Listing) -> Iterator[tuple[str, str]]:
    unit = listing.unit
    yield "unit", unit.unit
    yield "short", "、".join(unit.short)
    yield "project", campaign.project(unit.project).name if unit.project else ""
    for role in ROLES:
        card: Card = getattr(listing.people, role)
        yield role, f"{card.name} {card.phone}".strip()
