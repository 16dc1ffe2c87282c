"""The platform's export: each row is a team's by its page, its code or its name, and is compared with what is kept."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import reduce

from handlers.imports.likeness import Likeness
from handlers.imports.rows import Refusal, Refused, Unmatched
from handlers.imports.sheet import Columns, Row, Sheet, Table, Unusable, table_of
from handlers.imports.stood import reported_then
from handlers.language.names import find_project, unit_key
from handlers.language.text import normalise
from handlers.rosters import called
from storage import Store
from storage.campaign_schema import Campaign
from storage.heard import LISTED
from storage.models.teams import Team
from storage.platform import Confirmed, added, agreement
from storage.strays import Stray

SHAPES = {"platform-pages": ("name", "amount"), "platform-codes": ("code", "amount")}
"""The shapes of tables that are known, and the columns that each needs."""
_MOST_FEN = 10**13
_LIKELIEST = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is a team's. `before`: what the platform said of it last."""

    row: int
    team: Team
    figures: Confirmed
    before: Confirmed | None


@dataclass(slots=True)
class Compared:
    """Every row on one list, and the teams that reported and that no file names.

    `strays`: the refused rows of which nobody knows whose they are; `known`: pages and names of the others.
    """

    new: list[Line] = field(default_factory=list)
    same: list[Line] = field(default_factory=list)
    changed: list[Line] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    reports_only: list[Team] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def of(self, campaign: Campaign, which: str) -> list[Line]:
        """The rows that agree with what was reported, that differ, or of whose team nothing was."""
        lines = sorted([*self.new, *self.same, *self.changed], key=lambda line: line.row)
        return [line for line in lines if agreement(campaign, line.figures) == which]


def platform_table(sheet: Sheet, shapes: Mapping[str, Columns]) -> Table:
    """The table in the first shape that it has. Raises `Unusable`."""
    reasons = []
    for shape, columns in shapes.items():
        try:
            return table_of(sheet, columns, SHAPES[shape])
        except Unusable as why:
            reasons.append(str(why))
    raise Unusable(" / ".join(reasons))


def compare(
    store: Store, campaign: Campaign, table: Table, moments: "Moments", tick: Callable[[], None] = lambda: None
) -> Compared:
    """Each row beside the teams and what is kept. `tick` is called after each row."""
    matcher, kept, compared = _Matcher(store, campaign), store.platform.all(campaign.id), Compared()
    found: dict[str, list[Line]] = {}
    for row in table.rows:
        try:
            line = _line(campaign, matcher, row, moments, kept)
        except Refused as why:
            compared.refused.append(Refusal(row.number, row.cells.get("name", ""), str(why)))
            if isinstance(why, Unmatched):
                compared.strays += _strays(row, why, moments)
        else:
            compared.known |= {row.cells.get("page", ""), row.cells.get("name", "")} - {""}
            found.setdefault(line.team.code, []).append(line)
        tick()
    wholes = [_whole(lines, matcher.merged_into, compared.refused) for lines in found.values()]
    compared.refused.sort(key=lambda refusal: refusal.row)
    for line in _with_reports(store, campaign, matcher.teams, [line for line in wholes if line]):
        _sort_in(compared, line)
    known = found.keys() | kept.keys()
    compared.reports_only = [t for t in matcher.teams if t.online.report and t.status in LISTED and t.code not in known]
    return compared


def _strays(row: Row, why: Unmatched, moments: "Moments") -> list[Stray]:
    """What is kept of a row that is nobody's; nothing of one whose figures are none."""
    try:
        return [
            Stray(
                name=row.cells.get("name", ""),
                page=row.cells.get("page", ""),
                amount_fen=_fen(row.cells["amount"]),
                donations=_count(row.cells.get("donations", "")),
                as_of=moments.of(row.cells.get("moment", "")),
                likely=why.likely,
            )
        ]
    except Refused:
        return []


def _sort_in(compared: Compared, line: Line) -> None:
    if line.before is None:
        compared.new.append(line)
    else:
        (compared.same if line.before == line.figures else compared.changed).append(line)


def _line(campaign: Campaign, matcher: "_Matcher", row: Row, moments: "Moments", kept: Mapping[str, Confirmed]) -> Line:
    team = matcher.team(row)
    before = kept.get(team.code)
    figures = Confirmed(
        team=team.code,
        amount_fen=_fen(row.cells["amount"]),
        donations=_count(row.cells.get("donations", "")),
        matched_fen=_fen(row.cells["matched"]) if row.cells.get("matched") else None,
        as_of=moments.of(row.cells.get("moment", "")),
        page=row.cells.get("page", "") or (before.page if before else ""),
    )
    if before and before.as_of > figures.as_of:
        raise Refused(f"newer figures stand, of {campaign.local(before.as_of):%Y-%m-%d %H:%M}")
    return Line(row.number, team, figures, before)


def _whole(lines: Sequence[Line], merged_into: Container[str], refused: list[Refusal]) -> Line | None:
    """A team's one row; of a team into which another was merged the sum of its pages, None where they are not told.

    Adds the rows that do not count to the refused ones.
    """
    first, *others = lines
    if not others:
        return first
    if first.team.code not in merged_into:
        why = f"row {first.row} is team {first.team.code}'s already"
        refused += [Refusal(line.row, line.team.unit, why) for line in others]
        return first
    if len({line.figures.page for line in lines} - {""}) < len(lines):
        rows = ", ".join(str(line.row) for line in lines)
        why = f"rows {rows} are all team {first.team.code}'s, into which another was merged; add the page of each"
        refused += [Refusal(line.row, line.team.unit, why) for line in lines]
        return None
    return replace(first, figures=reduce(added, [line.figures for line in lines]))


def _with_reports(store: Store, campaign: Campaign, teams: Sequence[Team], lines: Sequence[Line]) -> list[Line]:
    """The rows with what stood as reported online at their moment."""
    stood = reported_then(store, campaign, teams, {line.team.code: line.figures.as_of for line in lines})
    told = [
        replace(line, figures=line.figures.model_copy(update={"reported_fen": stood.get(line.team.code)}))
        for line in lines
    ]
    return sorted(told, key=lambda line: line.row)


class _Matcher:
    """Whose a row is: by a code, its page (found before, or the team's own link), a name. A doubt is never decided."""

    def __init__(self, store: Store, campaign: Campaign) -> None:
        self._store, self._campaign = store, campaign
        self.teams = store.teams.many(campaign.id, store.teams.codes(campaign.id))
        self._by_code = {team.code: team for team in self.teams}
        own = {team.link: team.code for team in self.teams if team.link and team.status in LISTED}
        self._pages = own | store.platform.pages(campaign.id)
        self._named: dict[str, list[Team]] = {}
        self._likeness = Likeness(campaign)
        self.merged_into = {team.into for team in self.teams if team.status == "merged"}
        for team in self.teams:
            going_on = self._going_on(team)
            if going_on.status in LISTED and going_on not in (named := self._named.setdefault(team.unit_key, [])):
                named.append(going_on)
            if team.status in LISTED:
                self._likeness.add("", team.unit, team.code)

    def team(self, row: Row) -> Team:
        """Raises `Refused` for a row that is nobody's, or may be several teams'."""
        if code := row.cells.get("code", "").lstrip("#"):
            return self._listed(code.zfill(4))
        if code := self._pages.get(row.cells.get("page", ""), ""):
            return self._listed(code)
        return self._called(row.cells.get("name", ""), row.cells.get("project", ""))

    def _going_on(self, team: Team) -> Team:
        while team.status == "merged":
            team = self._by_code[team.into]
        return team

    def _listed(self, code: str) -> Team:
        team = self._by_code.get(code)
        if team is None:
            raise Refused(f"there is no team {code}")
        team = self._going_on(team)
        if team.status not in LISTED:
            raise Refused(f"team {code} is {team.status}")
        return team

    def _called(self, name: str, project: str) -> Team:
        if not name:
            raise Refused("neither code, page nor name of a team")
        teams = self._by_name(name)
        if project and (meant := find_project(self._campaign, project)[0]):
            teams = [team for team in teams if team.project == meant.id]
        if len(teams) == 1:
            return teams[0]
        if teams:
            codes = [team.code for team in teams]
            raise Unmatched(f"several teams are called so: {', '.join(map(_told, teams))}; add the code", codes)
        likely = [self._by_code[code] for code in self._likeness.like("", name)[:_LIKELIEST]]
        perhaps = f"; perhaps {', '.join(map(_told, likely))}: add its code" if likely else ""
        raise Unmatched(f"no team is called so{perhaps}", [team.code for team in likely])

    def _by_name(self, name: str) -> list[Team]:
        """By the unit's name, or by one that the roster has for it."""
        if found := self._named.get(unit_key(self._campaign, name)):
            return found
        units = called(self._store, self._campaign, name, "")
        keys = [unit_key(self._campaign, units[0].unit)] if len(units) == 1 else []
        return [team for key in keys for team in self._named.get(key, [])]


def _told(team: Team) -> str:
    return f"{team.unit} #{team.code}"


def _fen(told: str) -> int:
    """`12,345.67`, `￥12345.67元`: yuan with two decimals at most. Raises `Refused`."""
    bare = normalise(told).replace(",", "").strip("¥￥元 ")
    try:
        yuan = Decimal(bare)
    except InvalidOperation:
        raise Refused(f"{told or 'an empty cell'} is no amount in yuan") from None
    fen = yuan * 100
    if not yuan.is_finite() or fen != fen.to_integral_value() or not 0 <= fen <= _MOST_FEN:
        raise Refused(f"{told} is no amount in yuan and fen")
    return int(fen)


def _count(told: str) -> int | None:
    bare = told.replace(",", "").removesuffix("人次").removesuffix("次")
    if not bare:
        return None
    if not bare.isdecimal() or int(bare) > _MOST_FEN:
        raise Refused(f"{told} is no number of donations")
    return int(bare)


@dataclass(frozen=True, slots=True)
class Moments:
    """Of which moment figures are: what a row says, else `told` of the whole file; never later than `now`."""

    campaign: Campaign
    now: datetime
    told: datetime | None = None

    def of(self, cell: str) -> datetime:
        """Raises `Refused` where nobody said, or what was said is none."""
        moment = self.read(cell) if cell else self.told
        if moment is None:
            raise Refused("no time stands in the row; say of which the figures are: --as-of 2024-05-08T21:00")
        if moment > self.now:
            raise Refused(f"{self.campaign.local(moment):%Y-%m-%d %H:%M} is still to come")
        return moment

    def read(self, told: str) -> datetime:
        """`2024-05-08 21:00`, on the campaign's clock where it names no zone. Raises `Refused`."""
        try:
            read = datetime.fromisoformat(told.replace("/", "-"))
        except ValueError:
            raise Refused(f"{told} is no time such as 2024-05-08T21:00") from None
        return read if read.tzinfo else read.replace(tzinfo=self.campaign.zone)
