"""What is refused is refused in her own words, for the true reason, with the line to type: never one that is untrue."""

import re

import pytest

from bot.simulator.people import SimulatedPerson
from handlers.instead import MAY_BE_THE_TOTAL, instead
from handlers.language.text import normalise, squash
from handlers.texts.doubts import DOUBTFUL_FIGURES
from handlers.understand.claims import claims_of
from handlers.understand.ear import Ear
from handlers.understand.normal import line_of
from handlers.understand.reading import read
from handlers.understand.readings import Report
from handlers.understand.tokens import tokens_of
from storage.campaign_schema import Campaign
from storage.models.teams import Team, Total
from tests.conversations.conftest import SCHOOL, Office, at, fen

BESIDES = frozenset({"giver", "several teams", "both"})
"""Reasons with a line of their own: her figure stands in it, but not as the total that she named."""
REFUSED = {
    "高老师捐了380元": "giver",
    "要是再筹到350元就达标了": "if",
    "我们打算筹12500元": "goal",
    "前年累计7700元": "past",
    "每人平均25元": "rate",
    "平台配捐4400元": "matched",
    "累计.8万": "malformed",
    "一共98,4010元": "malformed",
    "累计9800到9900元": "malformed",
    "累计-9700元": "negative",
    "累计二十几万": "vague",
    "一共9900元，其中线下700元，线上8800元": "parts",
    "0001 9600元，0002 9700元": "several teams",
}
"""Lines of a captain whose team stands at 9,000元, and why they are refused."""
LINES = re.compile("请发：(.*)")


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    person = office.captain("李敏", SCHOOL)
    person.say("累计9000元")
    office.wait(minutes=1)
    return person


def lines_in(reply: str) -> list[str]:
    return [line for found in LINES.findall(reply) for line in found.split("，或：")]


def figures_in(text: str) -> set[str]:
    return {figure.replace(",", "").removesuffix(".00") for figure in re.findall(r"\d[\d,.]*", text)}


@pytest.mark.parametrize("typed", REFUSED)
def test_a_refusal_quotes_her_gives_its_reason_and_a_way(office: Office, li: SimulatedPerson, typed: str) -> None:
    said = li.say(typed)
    assert "不能" in said, said
    assert DOUBTFUL_FIGURES[REFUSED[typed]] in said
    assert squash(said.partition("“")[2].partition("”")[0]) in squash(normalise(typed))
    assert fen(office) == 900_000
    assert lines_in(said) or "例如：进度 12345.67元" in said
    for line in lines_in(said):
        answer = li.say(line)
        assert answer.startswith("已记录") or "回复" in answer, answer
        assert figures_in(line) - {"0001"} <= figures_in(typed)


@pytest.mark.parametrize("reason", sorted(DOUBTFUL_FIGURES))
def test_every_reason_offers_what_may_be_true(zhaotong: Campaign, reason: str) -> None:
    """Her figure is offered as the total only where it may be that."""
    stands = Total(amount_fen=900_000, report="R1")
    now = at("2024-05-08T20:00")
    place = {"project": "rendao-nuan", "region": "zhaoyang", "status": "active", "registered_at": now}
    team = Team(code="0001", unit=SCHOOL, unit_key=SCHOOL, online=stands, offline=Total(amount_fen=75_000), **place)
    ear = Ear(zhaotong, (team,), now)
    line = line_of("累计9750元 88人次")
    hers = 900_000 if reason == "both" else 975_000
    claims = claims_of(line, tokens_of(line, ear), ear)
    way = instead(team, claims, reason)
    assert any(figure in way for figure in ("9,750.00元", "线上9,000.00元")) == (
        reason in MAY_BE_THE_TOTAL | BESIDES
    ), way
    for offered in lines_in(way):
        reading = read(offered, ear)
        assert isinstance(reading, Report), offered
        assert not reading.claims.unknown
        assert reading.claims.claims[0].amount_fen == hers


def test_a_sum_of_both_channels_has_a_line_for_each(office: Office, li: SimulatedPerson) -> None:
    li.say("线下 600元")
    said = li.say("线上线下合计10100元")
    [line] = lines_in(said)
    li.say(line)
    team = office.team(SCHOOL)
    assert (team.online.amount_fen, team.offline.amount_fen) == (950_000, 60_000)


def test_figures_of_two_teams_have_a_line_for_each_that_is_plain(office: Office, of_two: SimulatedPerson) -> None:
    said = of_two.say("一中累计4300元，医院目标900元")
    assert "进度 0001 累计4,300.00元" in said
    assert "0002" not in said
    assert of_two.say("进度 0001 累计4,300.00元").startswith("已记录")


@pytest.mark.parametrize("typed", ["更正 8千多", "更正 9100元 9200元", "改成.9万"])
def test_a_correction_that_is_not_taken_says_how_it_would_be(office: Office, li: SimulatedPerson, typed: str) -> None:
    said = li.say(typed)
    assert "不能" in said
    assert "更正 12340元" in said
    assert fen(office) == 900_000


@pytest.mark.parametrize("typed", ["推出慈善项目 大约4个", "推出慈善项目 -3个", "推出慈善项目 两三个"])
def test_a_count_that_is_not_taken_names_her_own_task_and_region(suining: Office, typed: str) -> None:
    said = suining.person("何协调").say(typed)
    assert "不能" in said
    assert said.endswith("例如：进度 船山区 推出慈善项目 2个")
