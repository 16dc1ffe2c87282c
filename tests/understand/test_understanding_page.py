"""The page about what is understood is true: every example on it is read as it says."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from benchmarks.messages import Case, campaigns, judge
from handlers.texts.figures import format_amount
from handlers.understand.chain import Row, is_list, read_list
from handlers.understand.ear import Ear
from handlers.understand.policy import ruled
from storage.campaign_schema import Campaign

PAGE = (Path(__file__).parents[2] / "docs" / "understanding.md").read_text(encoding="utf-8")
BEFORE, COUNTS, AFTER = re.split(r"^(## Counts of items\n.+?)(?=^## )", PAGE, flags=re.MULTILINE | re.DOTALL)
EXAMPLE = re.compile(r"^\| `(.+)` \| (.+) \|$", re.MULTILINE)
EXAMPLES, EXAMPLES_OF_COUNTS = EXAMPLE.findall(BEFORE + AFTER), EXAMPLE.findall(COUNTS)
LINES = re.findall(r"^\| (\d+) \| ([^|]+) \|$", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def zhaotong() -> Campaign:
    return campaigns()["zhaotong-2024"]


def test_the_page_holds_examples() -> None:
    assert len(EXAMPLES) >= 50
    assert len(LINES) == 5


@pytest.mark.parametrize(("typed", "understood"), EXAMPLES)
def test_an_example(zhaotong: Campaign, typed: str, understood: str) -> None:
    assert _described(zhaotong, typed) == understood


@pytest.mark.parametrize(("typed", "understood"), EXAMPLES_OF_COUNTS)
def test_an_example_of_a_count(typed: str, understood: str) -> None:
    assert _described(campaigns()["suining-2023"], typed) == understood


def test_the_chain(zhaotong: Campaign) -> None:
    typed = re.findall(r"```chain\n(.+?)```", PAGE, re.DOTALL)[0]
    ear = Ear(zhaotong, (), datetime(2024, 5, 8, 20, tzinfo=ZoneInfo("Asia/Shanghai")))
    assert is_list(typed, ear)
    chain = read_list(typed, ear)
    assert chain.kind == "progress"
    assert [(str(row.place), _line(row, ear)) for row in chain.progress] == LINES


def _described(campaign: Campaign, typed: str) -> str:
    verdict = judge(campaign, Case(campaign.id, typed, ("",), {}))
    slots = verdict.slots
    if "ask" in slots or verdict.asked:
        return "asked"
    parts = [verdict.intent]
    if verdict.intent == "register":
        for slot, value in slots.items():
            region = campaign.region(value).name if slot == "region" else value
            parts.append(campaign.project(value).name if slot == "project" else region)
        return " · ".join(parts)
    if "task" in slots:
        task = next(task for task in campaign.tasks if task.id == slots["task"])
        parts += [task.name, f"{slots['count']}{task.unit}"]
        parts += [campaign.region(slots["region"]).name] if "region" in slots else []
    parts += [slots["kind"]] if "kind" in slots else []
    parts += [_yuan(slots["amount_fen"])] if "amount_fen" in slots else []
    parts += [f"{slots['donations']}人次"] if "donations" in slots else []
    parts += ["offline"] if "channel" in slots else []
    parts += [f"#{slots['code']}"] if "code" in slots else []
    parts += [f"matched {_yuan(slots['match_fen'])}"] if "match_fen" in slots else []
    parts += [_as_of(slots["as_of"])] if "as_of" in slots else []
    parts += [f"not {_yuan(slots['old_fen'])}"] if "old_fen" in slots else []
    parts += [f"not {slots['old_donations']}人次"] if "old_donations" in slots else []
    parts += [f"{slots['right']} instead of {slots['wrong']}"] if "right" in slots else []
    parts += ["earlier"] if "earlier" in slots else []
    return " · ".join(parts)


def _line(row: Row, ear: Ear) -> str:
    [claim] = row.claims(ear, row.unit).claims
    if claim.doubt or ruled(claim).outcome != "book":
        return "asked"
    parts = [row.unit, claim.kind]
    parts += [_yuan(str(claim.amount_fen))] if claim.amount_fen is not None else []
    parts += [f"{claim.gifts}人次"] if claim.gifts is not None else []
    return " · ".join(parts)


def _yuan(fen: str) -> str:
    return f"{format_amount(int(fen))}元"


def _as_of(slot: str) -> str:
    days, _, clock = slot.partition("T")
    return f"as of {'yesterday ' if days == '-1' else ''}{clock}"
