"""The page about what is understood is true: every example on it is read as it says."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handlers.language.names import unit_key
from handlers.texts.figures import figures_said
from handlers.understand.ear import Ear
from handlers.understand.mended import Correction, Restoration, Retraction
from handlers.understand.reading import read
from handlers.understand.readings import Ask, Report
from handlers.understand.registration import Registration
from handlers.understand.verdicts import Book, Heard, Offer, Refuse
from handlers.understand.weighing import weigh
from storage.campaign_files import load
from storage.models.teams import Team, Total

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "understanding.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| `(.+)` \| (.+) \|$", PAGE, re.MULTILINE)
NOW = datetime(2024, 5, 8, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
STOOD = Total(amount_fen=900_000, donations=120, report="R1")


@pytest.fixture(scope="module")
def ear() -> Ear:
    """A captain of 昭通市第一中学, whose team reported 9,000元 and 120人次 on the evening before."""
    campaign = load(ROOT / "campaigns" / "zhaotong-2024")
    team = Team(
        code="0012",
        unit="昭通市第一中学",
        unit_key=unit_key(campaign, "昭通市第一中学"),
        project="rendao-nuan",
        region="zhaoyang",
        status="active",
        registered_at=NOW,
        online=STOOD,
        day=NOW.date().replace(day=7),
    )
    return Ear(campaign, (team,), NOW)


def test_the_page_holds_examples() -> None:
    assert len(EXAMPLES) >= 55


@pytest.mark.parametrize(("typed", "understood"), EXAMPLES)
def test_an_example(ear: Ear, typed: str, understood: str) -> None:
    assert described(ear, typed.replace("\\n", "\n")) == understood


def described(ear: Ear, typed: str) -> str:
    """What the page says of a line."""
    reading = read(typed, ear)
    match reading:
        case Report(claims):
            return _of_report(weigh(claims, ear.teams[0], ear.now))
        case Correction():
            return "correct"
        case Retraction():
            return "retract"
        case Registration() as said:
            return _of_registration(said)
        case Restoration():
            return "restore"
        case Ask(intent):
            return intent
        case _:
            return "not sure"


def _of_report(verdict: object) -> str:
    match verdict:
        case Book(readings, notes):
            said = [f"{r.kind} {figures_said(r.amount_fen, r.donations)} {r.channel}" for r in readings]
            left = [f"set aside: {note.reason}" for note in notes]
            return " · ".join(["booked", *said, *left])
        case Heard():
            return "nothing new"
        case Offer(_, doubts, _):
            return "offered: " + ", ".join(dict.fromkeys(doubt.reason for doubt in doubts))
        case Refuse(reason, _):
            return f"explained: {reason}"
        case _:
            return "asked which"


def _of_registration(said: Registration) -> str:
    named = [said.unit, said.region.name if said.region else "", said.project.name if said.project else ""]
    return " · ".join(["register", *(part for part in (*named, said.captain, said.phone) if part)])
