"""Words that no pattern knows, differences that are no totals, and questions that look like reports."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.understand.correcting import read_correction
from handlers.understand.ear import Ear
from handlers.understand.mended import Correction
from handlers.understand.reading import read
from handlers.understand.readings import intent_of
from handlers.understand.registration import read_registration
from storage.campaign_schema import Campaign

NOW = datetime(2024, 5, 8, 20, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("座机号", "contact"),
        ("榜一是谁", "rank"),
        ("队长要换个人", "amend"),
        ("第一次用 不会", "help"),
        ("三楼会议室", "off_topic"),
        ("累计12000对不对", "report"),
        ("累计4.86万 2019人次 中不中", "report"),
        ("刚才又有几个老乡捐了嘛 加了一百六十块钱", "report"),
    ],
)
def test_what_is_wanted(campaign: Campaign, said: str, intent: str) -> None:
    assert intent_of(read(said, Ear(campaign, (), NOW))) == intent


@pytest.mark.parametrize(
    ("said", "step"),
    [("刚才多报了200", -1), ("请核减300元", -1), ("报高了500", -1), ("少算了12人次", 1), ("上一条少了100", 1)],
)
def test_a_difference_is_no_total(campaign: Campaign, said: str, step: int) -> None:
    put_right = read_correction(said, Ear(campaign, (), NOW))
    assert isinstance(put_right, Correction)
    assert put_right.step == step
    assert intent_of(read(said, Ear(campaign, (), NOW))) == "correct"


@pytest.mark.parametrize("lead", ["兹有", "谨此登记", "经研究决定，", "为响应号召", "本校为", "受", "关于", "今由"])
def test_officialese_is_no_part_of_a_unit(campaign: Campaign, lead: str) -> None:
    read = read_registration(campaign, f"{lead}绥江县会仪镇中心小学申请组队，参加人道暖昭通，队长凌志远")
    assert read.unit == "绥江县会仪镇中心小学"


@pytest.mark.parametrize("unit", ["国家税务总局绥江县税务局", "共青团绥江县委", "中国农业银行绥江县支行"])
def test_a_parent_body_is_part_of_a_unit(campaign: Campaign, unit: str) -> None:
    assert read_registration(campaign, f"组队 {unit} 人道暖昭通 队长凌志远").unit == unit
