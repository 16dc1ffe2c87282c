"""What a complaint is about, how grave it sounds, and whom it accuses: by its words."""

from pathlib import Path

import pytest

from handlers.language.wordlists import rows
from handlers.texts.cases import LEVELS, SORTS
from handlers.wishes.complaints import read_complaint
from storage.campaign_schema import Campaign

DATA = Path(__file__).parents[1] / "data" / "complaints.tsv"

SAID = {
    "有人冒充我们募捐": ("fraud", "urgent"),
    "群里有个假客服让我先付五十元": ("fraud", "urgent"),
    "校门口那个立牌上的码被人用贴纸盖了": ("fraud", "urgent"),
    "科长说这回谁不出五十就别想调休": ("forced", "serious"),
    "我们领导强制每人捐200": ("forced", "serious"),
    "单位从工资里直接扣了100块捐款": ("forced", "serious"),
    "学生会收的三千没交上来": ("misuse", "urgent"),
    "捐的钱到底进了谁的口袋": ("misuse", "urgent"),
    "有人把捐款人的身份证照片发到群里": ("leak", "urgent"),
    "有软件店卖配捐名额": ("tricks", "serious"),
    "抖音上有个视频在骂募捐": ("rumour", "serious"),
    "电话打了三天都打不通": ("service", "ordinary"),
    "电话打不通，还有人冒充工作人员": ("fraud", "urgent"),
    "启动仪式上有两拨人动手了": ("safety", "urgent"),
    "有违规的事想反映": ("other", "serious"),
}

ACCUSED = {
    "永善县红十字会强制每人捐200": ("yongshan",),
    "永善县的协调员逼我们每人捐一百": ("yongshan",),
    "永善红会的人把捐款挪用了": ("yongshan",),
    "水富市红十字会态度很差": ("shuifu",),
    "昭通市红十字会把钱挪用了": ("",),
    "市红十字会把钱挪用了": ("",),
    "组织方按人头下指标": ("",),
    "绥江县红十字会和永善县红十字会互相推诿": ("suijiang", "yongshan"),
    "有人冒充永善县红十字会收钱": (),
    "有人打着红十字会的旗号要转账": (),
    "来了辆假红会的面包车收现金": (),
    "永善县一中强制每人捐200": (),
    "县红十字会强制捐款": (),
    "协调员态度很差": (),
}


@pytest.mark.parametrize(("text", "weighed"), SAID.items())
def test_what_it_is_about_and_how_grave(campaign: Campaign, text: str, weighed: tuple[str, str]) -> None:
    complaint = read_complaint(campaign, text, "")
    assert (complaint.sort, complaint.level) == weighed


@pytest.mark.parametrize(("text", "accused"), ACCUSED.items())
def test_whom_it_accuses(campaign: Campaign, text: str, accused: tuple[str, ...]) -> None:
    assert read_complaint(campaign, text, "").accused == accused


@pytest.mark.parametrize("text", ["县红十字会强制捐款", "协调员逼我捐款", "红十字会的人不理我们"])
def test_an_office_without_a_county_is_that_of_the_place(campaign: Campaign, text: str) -> None:
    assert read_complaint(campaign, text, "yongshan").accused == ("yongshan",)


def test_every_sort_and_level_has_its_name() -> None:
    assert {sort for _, sort, _ in rows("wishes/complaints")} | {"other"} == set(SORTS) - {""}
    assert {level for _, _, level in rows("wishes/complaints")} == set(LEVELS) - {""}


def test_most_complaints_of_other_hands_have_a_sort(campaign: Campaign) -> None:
    """What has none is handled all the same, as something else."""
    lines = [line for line in DATA.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    known = sum(read_complaint(campaign, line, "").sort != "other" for line in lines)
    assert known >= len(lines) * 0.8, f"{known} of {len(lines)}"
