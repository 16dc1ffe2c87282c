"""How well typed lines are understood: intent, slots, what is booked at once, what is asked, what would be wrong.

The lines of `tests/data/` were written from people, not from the parser. `read` and `weigh` decide, for a team that has
reported nothing yet; nothing is stored. The tables of effects on a team's totals are those of `benchmarks.effects`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import quantiles
from time import thread_time
from typing import Literal
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from benchmarks import effects
from handlers.understand.correcting import read_correction
from handlers.understand.ear import Ear
from handlers.understand.items import Items, read_items
from handlers.understand.mended import Correction as Corrected
from handlers.understand.reading import read
from handlers.understand.readings import Reading, Report, intent_of
from handlers.understand.registration import read_registration
from handlers.understand.verdicts import Book, Choose, Heard, Offer, Verdict
from handlers.understand.weighing import weigh
from storage import reckoning
from storage.campaign_document import Organiser, Policy, Project, Region
from storage.campaign_files import load
from storage.campaign_schema import Campaign

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
SETS = {
    "messages": "written first, then worked upon",
    "messages-fresh": "a later round, measured once",
    "messages-m1": "by another author, then worked upon",
    "messages-m2": "by a third, then worked upon",
    "messages-m3": "by a fourth, measured once",
}
WRITES = ("report", "correct", "register", "retract")
NOT_WRITTEN = ("names", "match_fen", "as_of", "earlier", "old_fen", "old_donations", "wrong", "right")
"""Slots that change no figure: with one of them wrong, nothing wrong is booked."""
NOT_COMPARED = ("names", "match_fen")
"""Slots of lines that are told in the echo, and are no reading."""
WHEN = datetime(2024, 5, 8, 20, tzinfo=ZoneInfo("Asia/Shanghai"))

ALSO: dict[str, str] = {
    "off_topic": "unknown",
    "greeting": "unknown",
    "impatience": "unknown",
    "history": "team",
}
"""Intents that are finer than those of the data files."""

Slots = dict[str, str]
Outcome = Literal["booked", "asked", "refused", ""]


@dataclass(frozen=True, slots=True)
class Case:
    """One line: its campaign, the text, the intents that are right, the slots."""

    campaign: str
    text: str
    intents: tuple[str, ...]
    slots: Slots


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one line. `outcome` of a report: booked at once, asked about, refused; '' for everything else.

    `wrong_write`: something would be booked that she did not say. `seconds` of CPU, handlers and Redis left aside.
    """

    case: Case
    intent: str
    slots: Slots
    outcome: Outcome
    intent_right: bool
    slots_right: bool
    wrong_write: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Rates:
    """The figures of one set: shares of all lines, of its clear reports those booked at once, asked about and refused;
    the p99 is milliseconds of CPU a line."""

    lines: int
    intent: float
    slots: float
    clear: int
    booked: float
    asked: float
    refused: float
    wrong_writes: int
    p99_ms: float


def cases(name: str) -> Iterator[Case]:
    """The lines of `tests/data/<name>.tsv`."""
    for row in (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if row.startswith("# ") or not row:
            continue
        campaign, text, intents, slots = row.split("\t")
        pairs = (slot.partition("=") for slot in slots.split())
        yield Case(campaign, text.replace("\\n", "\n"), tuple(intents.split("|")), {k: v for k, _, v in pairs})


def campaigns() -> dict[str, Campaign]:
    """The campaign files, and two other cities in little."""
    return {
        **{path.name: load(path) for path in sorted((ROOT / "campaigns").glob("*-20*"))},
        "ezhou": _city("鄂州市", {"echeng": "鄂城区", "huarong": "华容区", "liangzihu": "梁子湖区"}, "慈善一日捐"),
        "suining": _city(
            "遂宁市",
            {"chuanshan": "船山区", "anju": "安居区", "shehong": "射洪市", "pengxi": "蓬溪县", "daying": "大英县"},
            "社区慈善基金",
        ),
    }


def judge(campaign: Campaign, case: Case) -> Judged:
    """Read and weigh one line, and compare it with what is expected."""
    started = thread_time()
    reading, verdict = weighed(campaign, case.text, case.slots.get("names", effects.UNIT))
    intent = _intent(reading)
    slots = _slots(campaign, intent, case, reading, verdict)
    seconds = thread_time() - started
    outcome = _outcome(verdict)
    held_back = "ask" in case.slots and (outcome in ("asked", "refused") or not _would_write(intent, slots))
    intent_right = intent in case.intents or held_back
    expected = {slot: value for slot, value in case.slots.items() if slot not in NOT_COMPARED}
    slots_right = held_back or (intent_right and slots == _with_kind(expected, slots))
    wrong = outcome not in ("asked", "refused") and _wrong_write(case, intent, slots)
    return Judged(case, intent, slots, outcome, intent_right, slots_right, wrong, seconds)


def weighed(campaign: Campaign, text: str, unit: str) -> tuple[Reading, Verdict | None]:
    """What a line is for the captain of a unit that has reported nothing, and for a report what becomes of it."""
    team = effects.standing("-", unit).model_copy(
        update={"project": campaign.projects[0].id if campaign.projects else ""}
    )
    ear = Ear(campaign, (team,), WHEN)
    reading = read(text, ear)
    if not isinstance(reading, Report) or campaign.progress == "items":
        return reading, None
    return reading, weigh(reading.claims, team, ear.now)


def _intent(reading: Reading) -> str:
    """The name under which the data files know what a message is."""
    intent = intent_of(reading)
    return ALSO.get(intent, intent)


def measure(name: str) -> tuple[Rates, list[Judged]]:
    """The rates of a set and every line judged; the first pass warms the caches and is not timed."""
    known = campaigns()
    lines = list(cases(name))
    for case in lines:
        judge(known[case.campaign], case)
    judged = [judge(known[case.campaign], case) for case in lines]
    count = len(judged)
    clear = [j for j in judged if j.case.intents == ("report",) and "ask" not in j.case.slots and j.outcome]
    rates = Rates(
        count,
        sum(j.intent_right for j in judged) / count,
        sum(j.slots_right for j in judged) / count,
        len(clear),
        sum(j.outcome == "booked" for j in clear) / len(clear),
        sum(j.outcome == "asked" for j in clear) / len(clear),
        sum(j.outcome == "refused" for j in clear) / len(clear),
        sum(j.wrong_write for j in judged),
        quantiles([j.seconds * 1000 for j in judged], n=100)[-1],
    )
    return rates, judged


def print_messages(console: Console) -> None:
    """The tables of `make bench`."""
    columns = ("", "lines", "intent", "all slots", "at once", "asked", "refused", "wrong writes", "p99")
    table = Table(*columns, title="Lines as captains type them (at once, asked, refused: of the clear reports)")
    for name, title in SETS.items():
        rates, _ = measure(name)
        shares = (rates.intent, rates.slots, rates.booked, rates.asked, rates.refused)
        told = (f"{share:.1%}" for share in shares)
        table.add_row(title, str(rates.lines), *told, str(rates.wrong_writes), f"{rates.p99_ms:.2f} ms")
    table.add_row("to reach", "≥ 300", "≥ 97 %", "≥ 93 %", "≥ 95 %", "≤ 6 %", "≤ 4 %", "0", "≤ 3 ms")
    console.print(table)
    effects.print_effects(console)


def _outcome(verdict: Verdict | None) -> Outcome:
    match verdict:
        case Book() | Heard():
            return "booked"
        case Offer() | Choose():
            return "asked"
        case None:
            return ""
        case _:
            return "refused"


def _slots(campaign: Campaign, intent: str, case: Case, reading: Reading, verdict: Verdict | None) -> Slots:
    match intent:
        case "report" if campaign.progress == "items":
            return _item_slots(read_items(campaign, case.text))
        case "report" if isinstance(reading, Report):
            return _report_slots(reading, verdict)
        case "correct" if campaign.progress == "items":
            return _item_slots(read_items(campaign, case.text))
        case "correct":
            return _correction_slots(campaign, case)
        case "register":
            return registered(campaign, case.text)
        case "retract":
            return {slot: value for slot, value in case.slots.items() if value in case.text}
        case _:
            return {}


def registered(campaign: Campaign, text: str) -> Slots:
    """The slots of a registration as they are read."""
    said = read_registration(campaign, text)
    named = {
        "unit": said.unit,
        "region": said.region.id if said.region else "",
        "project": said.project.id if said.project else "",
        "captain": said.captain,
        "phone": said.phone,
    }
    return {slot: value for slot, value in named.items() if value}


def _item_slots(said: Items) -> Slots:
    if said.task is None or said.count is None or said.doubt or said.strange or said.period or said.step:
        return {"ask": ""}
    slots = {"task": said.task.id, "count": str(said.count)}
    return slots | ({"region": said.region.id} if said.region else {})


def _report_slots(reading: Report, verdict: Verdict | None) -> Slots:
    """The slots of the one reading of a report; several readings have no slots of this kind and are asked of nobody."""
    readings = verdict.readings if isinstance(verdict, Book | Offer) else ()
    readings = (verdict.reading,) if isinstance(verdict, Choose) else readings
    if len(readings) != 1:
        return {"ask": ""}
    said = readings[0]
    slots: Slots = {"kind": said.kind}
    slots |= {"amount_fen": str(said.amount_fen)} if said.amount_fen is not None else {}
    slots |= {"donations": str(said.donations)} if said.donations is not None else {}
    slots |= {"channel": said.channel} if said.channel != "online" else {}
    slots |= {"code": reading.claims.code} if reading.claims.code else {}
    return slots | _as_of(said)


def _as_of(said: reckoning.Reading) -> Slots:
    if said.as_of is None:
        return {}
    days = (said.as_of.date() - WHEN.date()).days
    return {"as_of": f"{days}T{said.as_of:%H:%M}"}


def _correction_slots(campaign: Campaign, case: Case) -> Slots:
    """A corrected figure without a word is a total, so that both are the same slot; a difference is asked about."""
    said = read_correction(case.text, Ear(campaign, (), WHEN))
    if not isinstance(said, Corrected) or said.step:
        return {"ask": ""}
    expected = case.slots
    right, old = said.right, said.old
    figures = {
        "amount_fen": right.amount_fen if right else None,
        "donations": right.donations if right else None,
        "old_fen": old.amount_fen if right or "old_fen" in expected else None,
        "old_donations": old.donations if right else None,
    }
    slots = {slot: str(value) for slot, value in figures.items() if value is not None}
    kind = said.kind or (right.kind if right and right.kind != "bare" else "")
    kind = "" if right and kind == "total" and "kind" not in expected else kind
    channel = said.channel or ("offline" if right and right.channel == "offline" else "")
    code = said.codes[0] if said.codes else ""
    words = {"kind": kind, "channel": channel, "wrong": said.wrong_name, "right": said.right_name, "code": code}
    slots |= {slot: value for slot, value in words.items() if value}
    return (slots | ({"earlier": "1"} if said.earlier else {})) or {"ask": ""}


def _with_kind(expected: Slots, slots: Slots) -> Slots:
    """Whatever came in is the total of a team that has reported nothing, and may be read as it."""
    total = slots.get("kind") == "total" and "kind" in expected
    return {**expected, "kind": "total"} if total or expected.get("kind") == "bare" else expected


def _would_write(intent: str, slots: Slots) -> bool:
    """Whether the handler has all it needs to write something."""
    if intent not in WRITES or "ask" in slots:
        return False
    if intent in ("report", "correct"):
        return bool(slots.keys() & {"amount_fen", "donations", "count"})
    return intent != "register" or {"unit", "region", "project"} <= slots.keys()


def _wrong_write(case: Case, intent: str, slots: Slots) -> bool:
    """Whether a handler would write this, and it is not what was said."""
    if not _would_write(intent, slots):
        return False
    if intent not in case.intents or "ask" in case.slots:
        return True
    expected = _with_kind(case.slots, slots)
    return any(value != expected.get(slot) for slot, value in slots.items() if slot not in NOT_WRITTEN)


def _city(area: str, regions: dict[str, str], project: str) -> Campaign:
    return Campaign(
        id="city",
        name=f"{area}{project}",
        short=area,
        year=2023,
        level="市",
        platform="腾讯公益",
        document="通知",
        area=area,
        organisers=(Organiser(name=f"{area}慈善会"),),
        regions=tuple(Region(id=region_id, name=name) for region_id, name in regions.items()),
        projects=(Project(id="only", name=project, purpose="帮助有困难的人"),),
        policy=Policy(voluntary="自愿"),
    )
