"""What reports written without sight of the code would book: the effect on a team's totals, judged line by line.

Each line of `tests/data/blind/r*.tsv` names what stood before, when it was said, and the totals that are right
afterwards; no line of `n*.tsv` may be booked as it stands. `read` and `weigh` decide, nothing is copied of them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from handlers.language.names import unit_key
from handlers.understand.ear import Ear
from handlers.understand.reading import read
from handlers.understand.readings import Report
from handlers.understand.verdicts import Book, Choose, Heard, Offer, Verdict
from handlers.understand.weighing import weigh
from storage.campaign_files import load
from storage.campaign_schema import Campaign
from storage.models.teams import Team, Total
from storage.reckoning import Reading, reach

ROOT = Path(__file__).parents[1]
BLIND = ROOT / "tests" / "data" / "blind"
REPORTS = {
    "r1": 59,
    "r2": 55,
    "r3": 62,
    "r4": 48,
    "r5": 68,
    "r6": 87,
    "r7": 81,
    "r8": 64,
    "r9": 78,
    "r10": 74,
    "r11": 80,
    "r12": 87,
    "r13": 87,
    "r14": 84,
    "r15": 83,
    "r16": 71,
    "r17": 80,
    "r18": 75,
    "r19": 77,
    "r20": 86,
    "r21": 69,
    "r22": 49,
    "r23": 83,
}
"""Sets of reports, with how many of a hundred were booked at once and right when each was first measured."""
NOT_BOOKED = {
    "n1": 8,
    "n2": 7,
    "n3": 6,
    "n4": 3,
    "n5": 3,
    "n6": 1,
    "n7": 5,
    "n8": 8,
    "n9": 4,
    "n10": 16,
    "n11": 8,
    "n12": 2,
    "n13": 4,
    "n14": 1,
    "n16": 3,
    "n15": 0,
    "n17": 7,
}
"""Sets of lines that must not be booked, with how many were when each was first measured."""
TITLE = "Sets written without sight of the code (first: booked at once and right, or wrong, when first measured)"
DAY, UNIT = date(2024, 5, 8), "昭通市第三中学"
_BEFORE = re.compile(r"([\d.]+)/(\d*)@0(\d)")

Outcome = Literal["booked", "asked", "choice", "wrong", "refused", "not read"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what stood before (`9000/120@07`, several parted by `;`, `-` for nothing), the clock, the unit's name.

    `at`: a time of 8 May 2024, or one with its date (`2024-09-06 17:30`), in whose month the days before lie.
    `right`: the totals afterwards, online fen, 人次 and offline fen; None where nothing may be booked.
    """

    before: str
    at: str
    text: str
    unit: str = UNIT
    kind: str = ""
    right: tuple[int, int | None, int | None] | None = None


def reports(name: str, folder: Path = BLIND) -> Iterator[Line]:
    """The lines of a set of reports. What is not told in its columns (`-`) stays as it was, or is not compared."""
    for row in rows(name, folder):
        before, at, text, online, gifts, offline, *unit = row
        right = (fen(online), None if gifts == "-" else int(gifts), None if offline == "-" else fen(offline))
        yield Line(before, at, typed(text), next(filter(None, unit), UNIT), right=right)


def not_booked(name: str, folder: Path = BLIND) -> Iterator[Line]:
    """The lines of a set of which none may be booked."""
    for before, at, kind, text, *unit in rows(name, folder):
        yield Line(before, at, typed(text), next(filter(None, unit), UNIT), kind=kind)


def rows(name: str, folder: Path = BLIND) -> list[list[str]]:
    text = (folder / f"{name}.tsv").read_text(encoding="utf-8")
    return [row.split("\t") for row in text.splitlines() if row and not row.startswith("# ")]


def typed(text: str) -> str:
    """A line as it was typed: its line ends and tabs are written `\\n` and `\\t`."""
    return text.replace("\\n", "\n").replace("\\t", "\t")


def fen(yuan: str) -> int:
    return int(Decimal(yuan) * 100)


@cache
def zhaotong() -> Campaign:
    return load(ROOT / "campaigns" / "zhaotong-2024")


def standing(before: str, unit: str = UNIT, said_on: date = DAY) -> Team:
    """A team with what stood before: each step a report of its day in the month of what is said now."""
    team = Team(
        code="0001",
        unit=unit,
        unit_key=unit_key(zhaotong(), unit),
        project=zhaotong().projects[0].id,
        region="zhaoyang",
        status="active",
        registered_at=datetime(2024, 4, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")),
    )
    for amount, donations, day in _BEFORE.findall(before):
        said = Total(amount_fen=fen(amount), donations=int(donations or 0), report=f"R{amount}")
        on = said_on.replace(day=int(day))
        opening = team.opening("online", on)
        team = team.model_copy(update={"online": said, "opening_online": opening, "day": on})
    return team


def moment_of(line: Line) -> datetime:
    """When a line is said."""
    on, _, clock = line.at.rpartition(" ")
    said_on = date.fromisoformat(on) if on else DAY
    return datetime.combine(said_on, time.fromisoformat(clock.zfill(5)), ZoneInfo("Asia/Shanghai"))


def ear(line: Line, team: Team) -> Ear:
    return Ear(zhaotong(), (team,), moment_of(line))


def weighed(line: Line) -> tuple[Team, Verdict | None]:
    """The team before a line, and what becomes of the line; None where it is read as no report."""
    team = standing(line.before, line.unit, moment_of(line).date())
    hears = ear(line, team)
    reading = read(line.text, hears)
    if not isinstance(reading, Report):
        return team, None
    return team, weigh(reading.claims, team, hears.now)


def outcome(line: Line) -> Outcome:
    """What became of a line: booked at once and right, asked, a choice of kinds, booked and wrong, or refused.

    An offer is `asked` only where her yes leads to what is right; one that does not is `refused` here.
    """
    team, verdict = weighed(line)
    match verdict:
        case Book(readings, _):
            return "booked" if line.right and leads_to(team, readings, line.right, moment_of(line).date()) else "wrong"
        case Heard():
            return "booked" if line.right and leads_to(team, (), line.right) else "wrong"
        case Offer(readings, _, _):
            return (
                "asked"
                if line.right is None or leads_to(team, readings, line.right, moment_of(line).date())
                else "refused"
            )
        case Choose():
            return "choice"
        case None:
            return "not read"
        case _:
            return "refused"


def leads_to(
    team: Team, readings: Sequence[Reading], right: tuple[int, int | None, int | None], said_on: date = DAY
) -> bool:
    """Whether readings in turn lead to totals, on the day on which they are said."""
    for reading in readings:
        team = team.model_copy(update={reading.channel: reach(team, reading, said_on)})
    online, gifts, offline = right
    same = team.online.amount_fen == online and team.offline.amount_fen == (offline or 0)
    return same and (gifts is None or team.online.donations + team.offline.donations == gifts)


def measure(lines: Sequence[Line]) -> dict[Outcome, list[Line]]:
    """The lines by what became of them."""
    found: dict[Outcome, list[Line]] = {}
    for line in lines:
        found.setdefault(outcome(line), []).append(line)
    return found


def counted(lines: Sequence[Line]) -> Counter[Outcome]:
    return Counter({each: len(of) for each, of in measure(lines).items()})


def print_effects(console: Console) -> None:
    """What the blind sets would book."""
    table = Table(
        "", "lines", "booked at once", "first", "one yes", "choice", "refused", "no report", "wrong", title=TITLE
    )
    for name, first in REPORTS.items():
        table.add_row(f"reports {name}", *_row(counted(list(reports(name))), first))
    for name, first in NOT_BOOKED.items():
        table.add_row(f"not to be booked {name}", *_row(counted(list(not_booked(name))), first))
    console.print(table)


def _row(found: Counter[Outcome], first: int) -> list[str]:
    order: tuple[Outcome, ...] = ("asked", "choice", "refused", "not read", "wrong")
    return [str(found.total()), str(found["booked"]), str(first), *(str(found[each]) for each in order)]
