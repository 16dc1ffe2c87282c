"""What writes nothing: acted upon, offered as one of two, or not understood; and what an operator taught."""

from dataclasses import replace
from datetime import datetime
from itertools import permutations
from typing import get_args

import pytest

from handlers import router, texts
from handlers.language.text import normalise
from handlers.language.words import Opinion
from handlers.understand.ear import Ear
from handlers.understand.intents import campaign_names, guess, masked
from handlers.understand.reading import read
from handlers.understand.readings import Ask, Report, Unsure, intent_of
from storage.campaign_schema import Campaign
from tests.conversations.wording import faults_of

NOBODY_SAID = "窗花棱镜跳绳"


@pytest.fixture
def ear(campaign: Campaign) -> Ear:
    return Ear(campaign, (), datetime(2024, 5, 8, 20))


def shape(ear: Ear, line: str) -> str:
    return masked(normalise(line), campaign_names(ear.campaign))


def test_every_want_has_a_handler_and_a_name() -> None:
    assert set(get_args(Opinion)) <= set(router.intents)
    for pair in permutations(get_args(Opinion), 2):
        offered = texts.welcome.which_want(pair)
        assert faults_of(offered) == []
        assert offered.count("\n") == 3


def test_what_is_taught_is_obeyed_whatever_was_heard(ear: Ear) -> None:
    said = f"{NOBODY_SAID}3200"
    assert intent_of(read(said, ear)) != "rank"
    taught = replace(ear, taught={shape(ear, said): "rank"})
    reading = read(said, taught)
    assert isinstance(reading, Ask)
    assert (reading.intent, reading.complaint) == ("rank", guess(said, campaign_names(ear.campaign)).complaint)
    other = said.replace("3200", "15")
    assert isinstance(read(other, taught), Ask), "another figure is the same line"


def test_what_is_taught_never_books_and_keeps_no_whole_report_from_being_booked(ear: Ear) -> None:
    said = "进度3200元 45人次"
    taught = replace(ear, taught={shape(ear, said): "thanks"})
    reading = read(said, taught)
    assert isinstance(reading, Report)
    assert reading.claims.sounds_like == ""
    words = replace(ear, taught={shape(ear, NOBODY_SAID): "report"})
    assert not isinstance(read(NOBODY_SAID, words), Report)


@pytest.mark.parametrize("said", ["我扫码扫出来是别人的店", "D1那个案子怎么样了", "队里有人冒名报了数"])
def test_what_may_be_a_complaint_is_one_or_is_offered_or_has_the_way_beside_it(ear: Ear, said: str) -> None:
    heard = guess(said, campaign_names(ear.campaign))
    assert heard.complaint
    reading = read(said, ear)
    offered = isinstance(reading, Unsure) and "incident" in (reading.first, reading.second)
    assert reading == Ask("incident") or offered or (isinstance(reading, Ask) and reading.complaint)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("离前一名差多少", "team"),
        ("前天我报的多少", "history"),
        ("我名下几个队", "team"),
        ("案例征集怎么报", "rule"),
        ("推荐 优秀慈善项目 爱心助学", "rule"),
        ("四大功能站点", "rule"),
        ("几个项目", "rule"),
        ("你咋老问", "impatience"),
        ("好了没", "impatience"),
        ("怎么没我们队", "team"),
        ("一中呢", "rank"),
        ("早", "greeting"),
        ("👍", "thanks"),
        ("二维码被人换成假的贴在菜市场", "incident"),
    ],
)
def test_wants_that_were_taken_for_something_else(ear: Ear, said: str, intent: Opinion) -> None:
    assert intent_of(read(said, ear)) == intent


@pytest.mark.parametrize("code", ["7F3K9QWX", "hvtgrbcn", " HVTGRBCN。"])
def test_an_invitation_code_alone(ear: Ear, code: str) -> None:
    assert read(code, ear) == Ask("bind")


@pytest.mark.parametrize("said", ["23456rmb", "23456789", "2345678w"])
def test_a_figure_with_its_unit_is_no_invitation_code(ear: Ear, said: str) -> None:
    assert read(said, ear) != Ask("bind") or guess(said).best == "bind"
