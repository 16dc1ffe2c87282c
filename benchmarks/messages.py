"""How well typed lines are understood: intent, slots, and writes that would be wrong without anybody being asked.

The lines of `tests/data/` were written from people, not from the parser. A line is routed as the router would route
it and read by the reader that its handler uses; nothing is stored.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from time import thread_time

from rich.console import Console
from rich.table import Table

from handlers import router
from handlers.understand.amounts import Doubt, Figures, read_figures
from handlers.understand.correcting import WORDS_OF_A_MISTAKE, Correction, read_correction
from handlers.understand.gifts import tells_of_one_gift
from handlers.understand.intent import may_turn, read_intent
from handlers.understand.items import Items, read_items
from handlers.understand.registration import read_registration
from handlers.understand.strange import strange_beside, strange_words
from handlers.understand.text import is_question, squash
from handlers.understand.wishes import as_said
from handlers.understand.words import WORDS
from storage.campaign_files import load
from storage.campaign_schema import Campaign, Organiser, Policy, Project, Region

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

Slots = dict[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One line: its campaign, the text, the intents that are right, the slots."""

    campaign: str
    text: str
    intents: tuple[str, ...]
    slots: Slots


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one line. `asked`: the handler asks before it writes, for words that nobody knows.

    `wrong_write`: something would be booked that she did not say. `seconds` of CPU, handlers and Redis left aside.
    """

    case: Case
    intent: str
    slots: Slots
    intent_right: bool
    slots_right: bool
    asked: bool
    wrong_write: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Rates:
    """The figures of one set. Rates are shares of all lines, the p99 is milliseconds of CPU a line."""

    lines: int
    intent: float
    slots: float
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


def judge(campaign: Campaign, case: Case) -> Verdict:
    """Route and read one line, and compare it with what is expected."""
    started = thread_time()
    intent, arguments = routed(campaign, case.text)
    slots = _read(campaign, intent, case.text, arguments, case.slots)
    seconds = thread_time() - started
    asked = _asked(campaign, intent, case.text, arguments)
    unwritten = "ask" in case.slots and (asked or not _would_write(intent, slots))
    intent_right = intent in case.intents or unwritten
    slots_right = unwritten or (intent_right and slots == case.slots)
    wrong = _wrong_write(case, intent, slots) and not asked
    return Verdict(case, intent, slots, intent_right, slots_right, asked, wrong, seconds)


def measure(name: str) -> tuple[Rates, list[Verdict]]:
    """The rates of a set and every verdict; the first pass warms the caches and is not timed."""
    known = campaigns()
    lines = list(cases(name))
    for case in lines:
        judge(known[case.campaign], case)
    verdicts = [judge(known[case.campaign], case) for case in lines]
    count = len(verdicts)
    rates = Rates(
        count,
        sum(v.intent_right for v in verdicts) / count,
        sum(v.slots_right for v in verdicts) / count,
        sum(v.wrong_write for v in verdicts),
        quantiles([v.seconds * 1000 for v in verdicts], n=100)[-1],
    )
    return rates, verdicts


def print_messages(console: Console) -> None:
    """The table of `make bench`."""
    table = Table("", "lines", "intent", "all slots", "wrong writes", "p99", title="Lines as captains type them")
    for name, title in SETS.items():
        rates, _ = measure(name)
        table.add_row(
            title,
            str(rates.lines),
            f"{rates.intent:.1%}",
            f"{rates.slots:.1%}",
            str(rates.wrong_writes),
            f"{rates.p99_ms:.2f} ms",
        )
    table.add_row("to reach", "≥ 300", "≥ 97 %", "≥ 93 %", "0", "≤ 3 ms")
    console.print(table)


def routed(campaign: Campaign, text: str) -> tuple[str, str]:
    """The intent whose handler the router would choose, and what that handler is given to read."""
    line = as_said(text)
    found = router.find(line)
    reports = found is not None and found[0].handler == router.intents["report"]
    if reports and may_turn(line) and read_intent(campaign, line) != "report":
        found = None
    if found and (not found[1] or not is_question(line) or found[0].aside):
        command, arguments = found
        by_handler = {handler: intent for intent, handler in router.intents.items()}
        word: str = WORDS.get(squash(command.word)) or command.word
        return by_handler.get(command.handler, word), arguments
    return read_intent(campaign, line), line


def _read(campaign: Campaign, intent: str, text: str, arguments: str, expected: Slots) -> Slots:
    match intent:
        case "report" if campaign.progress == "items":
            return _item_slots(read_items(campaign, text))
        case "report":
            return _report_slots(read_figures(as_said(text)), expected)
        case "correct" if campaign.progress == "items":
            return _item_slots(read_items(campaign, arguments))
        case "correct":
            return _correction_slots(read_correction(arguments), expected)
        case "register":
            read = read_registration(campaign, arguments)
            named = {
                "unit": read.unit,
                "region": read.region.id if read.region else "",
                "project": read.project.id if read.project else "",
                "captain": read.captain,
                "phone": read.phone,
            }
            return {slot: value for slot, value in named.items() if value}
        case "retract":
            return {slot: value for slot, value in expected.items() if value in arguments}
        case _:
            return {}


def _item_slots(said: Items) -> Slots:
    if said.task is None or said.count is None or said.doubt:
        return {"ask": ""}
    slots = {"task": said.task.id, "count": str(said.count)}
    return slots | ({"region": said.region.id} if said.region else {})


def _report_slots(figures: Figures | Doubt | None, expected: Slots) -> Slots:
    if not isinstance(figures, Figures):
        return {"ask": ""}
    slots = _figure_slots(figures)
    if expected.get("names") and expected["names"] in figures.rest:
        slots["names"] = expected["names"]
    return slots


def _figure_slots(figures: Figures) -> Slots:
    slots: Slots = {"kind": figures.kind}
    numbers = {"amount_fen": figures.amount_fen, "donations": figures.donations, "match_fen": figures.match_fen}
    slots |= {slot: str(value) for slot, value in numbers.items() if value is not None}
    slots |= {"code": figures.code} if figures.code else {}
    slots |= {"channel": figures.channel} if figures.channel != "online" else {}
    slots |= {"as_of": f"{figures.as_of.days}T{figures.as_of.at:%H:%M}"} if figures.as_of else {}
    return slots


def _correction_slots(said: Correction | Doubt | None, expected: Slots) -> Slots:
    """A corrected figure without a word is a total, so that both are the same slot; a difference is asked about."""
    if not isinstance(said, Correction) or said.step:
        return {"ask": ""}
    slots = _figure_slots(said.figures) if said.figures else {}
    if slots.get("kind") in ("bare", "total") and "kind" not in expected:
        del slots["kind"]
    olds = {"old_fen": said.old_fen, "old_donations": said.old_donations}
    slots |= {slot: str(value) for slot, value in olds.items() if value is not None}
    words = {"kind": said.kind, "channel": said.channel, "wrong": said.wrong, "right": said.right, "code": said.code}
    slots |= {slot: value for slot, value in words.items() if value}
    return slots | ({"earlier": "1"} if said.earlier else {})


def _asked(campaign: Campaign, intent: str, text: str, arguments: str) -> bool:
    """Whether the handler asks before it writes: beside words that it does not know, or for so little a gift."""
    if campaign.progress == "items":
        items = {"report": read_items, "correct": read_items}.get(intent)
        said_items = items(campaign, text if intent == "report" else arguments) if items else None
        return said_items is not None and bool(said_items.strange or said_items.period or said_items.step)
    if intent == "report":
        figures = read_figures(as_said(text))
        if not isinstance(figures, Figures) or strange_beside(campaign, figures) or tells_of_one_gift(campaign, text):
            return True
        least = (figures.donations or 0) * (campaign.policy.minimum_gift_fen or 0)
        return figures.amount_fen is not None and figures.amount_fen < least
    said = read_correction(arguments) if intent == "correct" else None
    return isinstance(said, Correction) and strange_words(campaign, WORDS_OF_A_MISTAKE.sub(" ", said.rest)) != ""


def _would_write(intent: str, slots: Slots) -> bool:
    """Whether the handler has all it needs to write something."""
    if intent not in WRITES or "ask" in slots:
        return False
    if intent in ("report", "correct"):
        return bool(slots.keys() & {"amount_fen", "donations", "count"})
    return intent != "register" or {"unit", "region", "project"} <= slots.keys()


def _wrong_write(case: Case, intent: str, slots: Slots) -> bool:
    """Whether a handler would write this, and it is not what was said. A bare figure's kind is asked for."""
    if not _would_write(intent, slots):
        return False
    if intent not in case.intents or "ask" in case.slots:
        return True
    return any(
        value != case.slots.get(slot)
        for slot, value in slots.items()
        if slot not in NOT_WRITTEN and not (slot == "kind" and value == "bare")
    )


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
