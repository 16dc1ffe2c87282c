"""The page about lists and counts is true: every example on it is read as it says."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handlers.texts.figures import figures_said
from handlers.understand.chain import Row, list_of
from handlers.understand.claim import ruled
from handlers.understand.ear import Ear
from handlers.understand.items import read_items, told
from storage.campaign_files import load
from storage.campaign_schema import Campaign

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "lists.md").read_text(encoding="utf-8")
LINES = re.findall(r"^\| (\d+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
COUNTS = re.findall(r"^\| `(.+)` \| (.+) \|$", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def suining() -> Campaign:
    return load(ROOT / "campaigns" / "suining-2023")


def test_the_list(campaign: Campaign) -> None:
    typed = re.findall(r"```chain\n(.+?)```", PAGE, re.DOTALL)[0]
    ear = Ear(campaign, (), datetime(2024, 5, 8, 20, tzinfo=ZoneInfo("Asia/Shanghai")))
    chain = list_of(typed, ear)
    assert chain
    assert [(str(row.place), _line(row, ear)) for row in chain.progress] == LINES
    assert len(LINES) == 5


@pytest.mark.parametrize(("typed", "understood"), COUNTS)
def test_a_count(suining: Campaign, typed: str, understood: str) -> None:
    said = read_items(suining, typed)
    if said.doubt or said.strange or said.period or said.step or said.task is None:
        assert understood == "asked"
        return
    parts = [str(told(suining, typed)), said.task.name, f"{said.count}{said.task.unit}"]
    assert understood == " · ".join([*parts, said.region.name] if said.region else parts)


def _line(row: Row, ear: Ear) -> str:
    [claim] = row.claims(ear, row.unit).claims
    if claim.doubt or ruled(claim).outcome != "book":
        return "asked"
    figures = figures_said(claim.amount_fen, claim.gifts).replace(" ", " · ")
    return f"{row.unit} · {claim.kind} · {figures}"
