"""奖项 定奖: rules over the boards propose, an organizer looks, leaves out and settles; the book has the list."""

from datetime import date
from io import BytesIO

import pytest
from pydantic import ValidationError
from python_calamine import CalamineWorkbook

from bot.simulator.people import SimulatedPerson
from handlers.books import binding
from handlers.books.sheets import sheets_of
from storage.books import read_book
from storage.campaign_extras import Award
from storage.campaign_schema import Campaign
from tests.conversations.conftest import Office

AWARDS = (
    Award(id="zuzhi", name="优秀组织奖", of="units", by="amount", least=100_000, below=1_000_000),
    Award(id="renqi", name="最聚人气奖", of="teams", by="donations", top=1, each="region"),
    Award(id="jinbu", name="当日进步奖", of="regions", by="growth", day=date(2024, 5, 8), top=1),
    Award(id="xiangmu", name="项目奖", of="teams", by="amount", top=2, projects=("boai-xing",)),
    Award(id="danwei", name="先进单位", of="units", by="amount", top=1, each="region"),
)


@pytest.fixture
def awarded(office: Office) -> Office:
    """The hospital has 3,000 and 7,500 in two projects; two schools have 2,000 each, one 1,000, one 900, one 4 人次."""
    office.publish(office.campaign.model_copy(update={"awards": AWARDS}))
    office.campaign = office.store.campaigns.get(office.campaign.id)
    office.go_to("2024-04-25T10:00")
    for name, unit, region, project, said in (
        ("李敏", "永善县人民医院", "永善县", "人道暖昭通", "进度 3000元 30人次"),
        ("李敏", "永善县人民医院", "永善县", "童享阳光", "进度 7500元 75人次"),
        ("王芳", "永善县第一中学", "永善县", "人道暖昭通", "进度 2000元 75人次"),
        ("赵强", "绥江县第一中学", "绥江县", "人道暖昭通", "进度 2000元 40人次"),
        ("孙红", "绥江县第二中学", "绥江县", "打造乡村寄宿孩子的第二个家", "进度 1000元 20人次"),
        ("周杰", "绥江县第三中学", "绥江县", "打造乡村寄宿孩子的第二个家", "进度 900元 20人次"),
        ("吴军", "绥江县第四中学", "绥江县", "打造乡村寄宿孩子的第二个家", "进度 5000元 4人次"),
    ):
        person = office.captain(name, unit, region, project)
        code = max(team.code for team in office.teams())
        assert person.say(said.replace("进度", f"进度 {code}")).startswith("已记录"), said
    office.go_to("2024-05-08T10:30")
    assert office.person("周杰").say("今天新增 50元 1人次").startswith("已记录")
    return office


@pytest.fixture
def city(awarded: Office) -> SimulatedPerson:
    return awarded.coordinator("王主任", role="organizer")


def listed(answer: str) -> list[str]:
    return [line for line in answer.splitlines() if line.startswith("第")]


def test_the_rules_propose_and_equal_ones_share_a_place(awarded: Office, city: SimulatedPerson) -> None:
    assert listed(city.say("奖项 优秀组织奖")) == [
        "第1名 永善县第一中学 永善县 2,000.00元",
        "第1名 绥江县第一中学 绥江县 2,000.00元",
        "第3名 绥江县第二中学 绥江县 1,000.00元",
    ], "10,500 is beyond the band, 950 below it, and 4 人次 are too few to be public"
    assert listed(city.say("奖项 最聚人气奖")) == [
        "第1名 永善县人民医院（#0002） 永善县 75人次",
        "第1名 永善县第一中学（#0003） 永善县 75人次",
        "第1名 绥江县第一中学（#0004） 绥江县 40人次",
    ]
    assert listed(city.say("奖项 当日进步奖")) == ["第1名 绥江县 50.00元"]
    assert listed(city.say("奖项 项目奖")) == [
        "第1名 永善县人民医院（#0002） 永善县 7,500.00元",
        "第2名 绥江县第二中学（#0005） 绥江县 1,000.00元",
    ]
    assert listed(city.say("奖项 先进单位")) == [
        "第1名 永善县人民医院 永善县 10,500.00元",
        "第1名 绥江县第一中学 绥江县 2,000.00元",
    ], "the best of each county, whoever leads elsewhere"
    said = city.say("奖项")
    assert "优秀组织奖：单位按筹款总额，满1,000.00元，不足10,000.00元。建议3个，还没有评定" in said
    assert "没有个人" in said
    liu = awarded.coordinator("刘主任", "yongshan")
    assert listed(liu.say("奖项 优秀组织奖")) == ["第1名 永善县第一中学 永善县 2,000.00元"]
    assert "不能" in liu.say("定奖 优秀组织奖")
    assert "不能" in awarded.person("路人").say("奖项")


def test_an_organizer_leaves_out_settles_and_takes_the_list(awarded: Office, city: SimulatedPerson) -> None:
    assert "不能去掉" in city.say("定奖 优秀组织奖 去掉 永善县人民医院")
    asked = city.say("定奖 优秀组织奖 去掉 绥江县第二中学")
    assert asked.splitlines()[:4] == [
        "评定“优秀组织奖”：共2个",
        "第1名 永善县第一中学 永善县 2,000.00元",
        "第1名 绥江县第一中学 绥江县 2,000.00元",
        "去掉：绥江县第二中学",
    ]
    assert city.say("确认").startswith("已登记 优秀组织奖：2个")
    awarded.person("孙红").say("进度 0005 9000元 90人次")
    assert len(listed(city.say("奖项 优秀组织奖"))) == 2
    assert awarded.ledger()[-2:] == ["award.settled", "report.accepted"]
    store = awarded.store
    book, file = read_book(store, awarded.campaign, store.clock.now()), BytesIO()
    binding.write(book, [s for s in sheets_of(book) if s.name == "表彰"], "xlsx", file, lambda count: None)
    _, *rows = CalamineWorkbook.from_filelike(BytesIO(file.getvalue())).get_sheet_by_name("表彰").to_python()
    told = [(row[0], row[1], row[2], row[6], row[9]) for row in rows]
    assert told[:2] == [
        ("优秀组织奖", 1, "永善县第一中学", 2000, "已定"),
        ("优秀组织奖", 1, "绥江县第一中学", 2000, "已定"),
    ]
    assert {row[4] for row in told[2:]} == {"建议"}
    assert city.say("定奖 优秀组织奖").startswith("评定“优秀组织奖”：共3个")
    assert city.say("确认").startswith("已登记 优秀组织奖：3个")


def test_no_rule_gives_to_everybody_or_to_people(zhaotong: Campaign) -> None:
    for wrong in ({}, {"top": 1, "by": "growth"}, {"top": 1, "projects": ("boai-xing",)}):
        with pytest.raises(ValidationError):
            Award.model_validate({"id": "a", "name": "奖"} | wrong)
    people = {"registration": {"names": "people", "source": "方案"}, "awards": [AWARDS[0].model_dump(mode="json")]}
    with pytest.raises(ValidationError, match="people's names"):
        Campaign.model_validate(zhaotong.model_dump(mode="json") | people)
