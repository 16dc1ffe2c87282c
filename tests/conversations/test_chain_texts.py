"""接龙 永善县: a county's figures to paste into a group; pasted back here they change nothing."""

import re

import pytest

from bot.simulator.person import SimulatedPerson
from handlers.language.names import unit_key
from storage.campaign_settings import Ranking
from storage.ledger import Author
from storage.models.people import Card, Membership
from storage.models.teams import Channel, Team
from storage.reckoning import Reading
from storage.teams import NewTeam
from tests.conversations.conftest import Office

SORTS = ("完全小学", "初级中学", "幼儿园", "卫生院", "村民委员会", "农村信用社", "供电所", "林业站")
TOWNS = ("溪洛渡", "桧溪", "黄华", "茂林", "大兴", "墨翰", "细沙", "青胜", "马楠", "伍寨")


def team(office: Office, unit: str, region: str = "yongshan", project: str = "rendao-nuan") -> Team:
    key = unit_key(office.campaign, unit)
    author = Author(f"cli:{unit}/{region}/{project}", "cli", office.store.clock.now())
    new = NewTeam(unit, key, project, region, f"captain of {unit}/{region}/{project}", Card())
    return office.store.teams.register(office.campaign, author, new, Membership())[0]


def report(office: Office, team: Team, fen: int, donations: int, channel: Channel = "online") -> None:
    author = Author(f"cli:{team.code}/{channel}/{fen}", team.captains[0], office.store.clock.now())
    reading = Reading("total", channel, fen, donations)
    now = office.store.teams.get(office.campaign.id, team.code)
    office.store.reports.add(office.campaign, author, now, Membership(codes=(team.code,)), reading)


def messages(person: SimulatedPerson, said: str) -> list[str]:
    told = [person.say(said)]
    while "发“更多”" in told[-1]:
        told.append(person.say("更多"))
    return told


@pytest.fixture
def chen(office: Office) -> SimulatedPerson:
    """She coordinates 永善县: eighty units of sizes that differ, some with gifts offline, one silent, one too small."""
    office.go_to("2024-05-08T20:00")
    office.publish(office.campaign.model_copy(update={"ranking": Ranking(mode="full")}))
    for number, (town, sort) in enumerate((t, s) for t in TOWNS for s in SORTS):
        one = team(office, f"永善县{town}镇{sort}")
        if number == 0:
            continue
        report(office, one, 101 * number**3 + 2_007, 3 if number == 41 else 9 + number)
        if number % 9 == 4:
            report(office, one, 500_000 + number, 12, "offline")
    report(office, team(office, "永善县气象局"), 123_400, 16, "offline")
    for region, project in (("yongshan", "rendao-nuan"), ("yongshan", "boai-xing"), ("zhaoyang", "rendao-nuan")):
        report(office, team(office, "红旗小学", region, project), 88_00 + len(project), 20)
    return office.coordinator("陈协调", "yongshan")


def test_what_is_pasted_back_changes_nothing(office: Office, chen: SimulatedPerson) -> None:
    told = messages(chen, "接龙 永善县")
    assert len(told) > 2
    assert all(message.startswith("#接龙\n永善县各队累计，截至5月8日20:00，捐赠坚持自愿\n") for message in told)
    lines = [line for message in told for line in message.splitlines() if line[0].isdigit()]
    assert [int(line.split(".")[0]) for line in lines] == list(range(1, 82))
    assert sum("红旗小学" in line for line in lines) == 2
    assert [line.partition(". ")[2] for line in lines if "气象局" in line] == ["永善县气象局 线下1,234.00元 16人次"]
    assert not any("溪洛渡镇完全小学" in line or "墨翰镇初级中学" in line for line in lines)
    before = office.ledger()
    for message in told:
        answer = chen.say(message)
        found = re.search(r"接龙共(\d+)行：可以写入0行，没有变化(\d+)行。没有写入", answer)
        assert found is not None, answer
        assert int(found[1]) == int(found[2]) == sum(line[0].isdigit() for line in message.splitlines())
    zhao = office.coordinator("赵组织", "", "organizer")
    assert "可以写入0行，没有变化" in zhao.say(told[-1])
    office.go_to("2024-05-09T00:00")
    midnight = chen.say("接龙 永善县")
    assert "可以写入0行" in chen.say(midnight)
    assert [kind for kind in office.ledger()[len(before) :] if kind.startswith("report")] == []


def test_she_may_ask_in_her_own_words(office: Office, chen: SimulatedPerson) -> None:
    for said in ("永善县的接龙", "发一下我们县的接龙文字", "请把接龙发给我", "接龙永善县"):
        assert chen.say(said).startswith("#接龙\n永善县各队累计"), said
    assert "接龙可以整段粘贴过来" in chen.say("接龙")


def test_what_is_not_public_is_in_no_text_for_a_group(office: Office, chen: SimulatedPerson) -> None:
    assert "昭阳区不在您的辖区" in chen.say("接龙 昭阳区")
    assert "这是协调员的功能" in office.person("李敏").say("接龙 永善县")
    rich = team(office, "昭阳区第一小学", "zhaoyang")
    report(office, rich, 90_000_000, 900)
    plain = office.campaign
    office.publish(plain.model_copy(update={"ranking": Ranking(mode="top:3")}))
    (message,) = messages(chen, "接龙 永善县")
    assert sum(line[0].isdigit() for line in message.splitlines()) == 2
    office.publish(plain.model_copy(update={"ranking": Ranking(mode="off")}))
    assert "不能生成贴到群里的接龙" in chen.say("接龙 永善县")
    office.publish(plain)
