"""The platform's export: each row is a team's by its page, its code or its name, and is compared with what is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from handlers.imports.matching import Matcher
from handlers.imports.moments import Moments
from handlers.imports.rows import Refusal, Refused, Unmatched
from handlers.imports.sheet import Columns, Row, Sheet, Table, Unusable, table_of
from handlers.imports.stood import reported_then
from handlers.imports.wholes import Line, only_one, whole
from handlers.language.text import normalise
from storage import Store
from storage.campaign_schema import Campaign
from storage.heard import LISTED
from storage.models.teams import Team
from storage.platform import Confirmed, agreement
from storage.strays import Moved, Stray, moved

SHAPES = {"platform-pages": ("name", "amount"), "platform-codes": ("code", "amount")}
"""The shapes of tables that are known, and the columns that each needs."""
_MOST_FEN = 10**13


@dataclass(slots=True)
class Compared:
    """Every row on one list, and the teams that reported and that no file names.

    `strays`: what becomes of the rows of which nobody knows whose they are, of this table and of earlier ones.
    """

    new: list[Line] = field(default_factory=list)
    same: list[Line] = field(default_factory=list)
    changed: list[Line] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    reports_only: list[Team] = field(default_factory=list)
    strays: Sequence[Moved] = ()

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
    store: Store, campaign: Campaign, table: Table, moments: Moments, tick: Callable[[], None] = lambda: None
) -> Compared:
    """Each row beside the teams and what is kept. `tick` is called after each row. Raises `Unusable` where nobody said
    of when the figures are."""
    if moments.told is None and "moment" not in table.fields:
        raise Unusable("no time stands in the table; say of which the figures are: --as-of 2024-05-08T21:00")
    matcher, kept, compared = Matcher(store, campaign), store.platform.all(campaign.id), Compared()
    found: dict[str, list[Line]] = {}
    strays, known = list[Stray](), set[str]()
    for row in table.rows:
        try:
            line = _line(campaign, matcher, table, row, moments, kept)
        except Refused as why:
            compared.refused.append(Refusal(row.number, row.cells.get("name", ""), str(why)))
            if isinstance(why, Unmatched):
                strays += _strays(row, why, moments)
        else:
            known |= {row.cells.get("page", ""), row.cells.get("name", "")} - {""}
            found.setdefault(line.team.code, []).append(line)
        tick()
    compared.strays = moved(store.strays.all(campaign.id), strays, known)
    wholes = [_one(lines, matcher, compared.refused) for lines in found.values()]
    compared.refused.sort(key=lambda refusal: refusal.row)
    for line in _with_reports(store, campaign, matcher.teams, [line for line in wholes if line]):
        _sort_in(compared, line)
    heard_of = found.keys() | kept.keys()
    compared.reports_only = [
        team for team in matcher.teams if team.online.report and team.status in LISTED and team.code not in heard_of
    ]
    return compared


def _one(lines: Sequence[Line], matcher: Matcher, refused: list[Refusal]) -> Line | None:
    """A team's one row; None where all that are its are refused."""
    if lines[0].team.code not in matcher.merged_into:
        return only_one(lines, refused)
    try:
        return whole(lines)
    except Refused as why:
        refused += [Refusal(each.row, each.team.unit, str(why)) for each in lines]
        return None


def _strays(row: Row, why: Unmatched, moments: Moments) -> list[Stray]:
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


def _line(
    campaign: Campaign, matcher: Matcher, table: Table, row: Row, moments: Moments, kept: Mapping[str, Confirmed]
) -> Line:
    owner, page = matcher.owner(row), row.cells.get("page", "")
    before = kept.get(owner.team.code)
    figures = Confirmed(
        team=owner.team.code,
        amount_fen=_fen(row.cells["amount"]),
        donations=_count(row.cells.get("donations", "")),
        matched_fen=_fen(row.cells["matched"]) if row.cells.get("matched") else None,
        as_of=moments.of(row.cells.get("moment", "")),
        page=page or (before.page if before else ""),
    )
    if before and before.as_of > figures.as_of:
        raise Refused(f"newer figures stand, of {campaign.local(before.as_of):%Y-%m-%d %H:%M}")
    if before and "matched" not in table.fields:
        stays = _matched_before(before, page, alone=owner.team.code not in matcher.merged_into)
        figures = figures.model_copy(update={"matched_fen": stays})
    return Line(row.number, owner.team, figures, before, page, owner.itself)


def _matched_before(before: Confirmed, page: str, *, alone: bool) -> int | None:
    """What was matched of a team's donation page, by the table before; of a team that is `alone` whatever its page."""
    told = next((part.matched_fen for part in before.parts if part.page == page), None)
    return before.matched_fen if alone or not page else told


def _with_reports(store: Store, campaign: Campaign, teams: Sequence[Team], lines: Sequence[Line]) -> list[Line]:
    """The rows with what stood as reported online at their moment."""
    stood = reported_then(store, campaign, teams, {line.team.code: line.figures.as_of for line in lines})
    told = [
        replace(line, figures=line.figures.model_copy(update={"reported_fen": stood.get(line.team.code)}))
        for line in lines
    ]
    return sorted(told, key=lambda line: line.row)


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
