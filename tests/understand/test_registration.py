"""Registrations in the shapes captains send them; a slot that could be two things stays empty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understand.registration import read_registration
from storage.campaign_schema import Campaign

FULL = ("昭通市第一中学", "昭阳区", "人道暖昭通", "李敏", "13900000000")

WHOLE = [
    "组队 昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000",
    "昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000",
    "人道暖昭通，昭阳区，昭通市第一中学，李敏，13900000000",
    "报名：昭通市第一中学、昭阳区、人道暖昭通、负责人：李敏、139 0000 0000",
    "单位：昭通市第一中学\n县区：昭阳区\n项目：人道暖昭通\n队长：李敏\n电话：13900000000",
    "单位名称：昭通市第一中学 所属县区：昭阳 项目名称：人道暖昭通 队长姓名：李敏 手机号：139-0000-0000",
    "昭通市第一中学昭阳区人道暖昭通队长李敏13900000000",
    "昭通市第一中学（昭阳区）人道暖昭通 队长：李敏（13900000000）",
    "我们是昭通市第一中学，昭阳区的，想参加人道暖昭通，队长是李敏，电话13900000000",
    "13900000000 李敏队长 人道暖昭通 昭阳区 昭通市第一中学",
    "组队\n昭通市第一中学\n照阳区\n人道暧昭通\n队长 李敏\n+86 13900000000",
]

PARTS: list[tuple[str, tuple[str, str | None, str | None, str, str]]] = [
    ("组队", ("", None, None, "", "")),
    ("我要报名", ("", None, None, "", "")),
    ("组队 昭阳区第三中学", ("昭阳区第三中学", "昭阳区", None, "", "")),
    ("报名 昭通市红十字会 市直 一小一老", ("昭通市红十字会", "市直", "慈善关爱“一老一小”", "", "")),
    ("帮我报名永善县第一中学，项目童享阳光", ("永善县第一中学", "永善县", "童享阳光", "", "")),
    ("国家税务总局鲁甸县税务局 人道暖昭通 队长 王芳", ("国家税务总局鲁甸县税务局", "鲁甸县", "人道暖昭通", "王芳", "")),
    ("昭通市第一中学 昭阳区 永善县 人道暖昭通", ("昭通市第一中学", None, "人道暖昭通", "", "")),
    ("昭通市第一中学 人道暖昭通 博爱昭通行", ("", None, None, "", "")),
    ("永善县第一小学 队长：欧阳文静 0870-2220223", ("永善县第一小学", "永善县", None, "欧阳文静", "0870-2220223")),
    ("昭阳区第三中学 永善县 人道暖昭通", ("昭阳区第三中学", "永善县", "人道暖昭通", "", "")),
    ("昭通市第一中学 昭通市第二中学 人道暖昭通", ("", None, "人道暖昭通", "", "")),
]


def _read(campaign: Campaign, text: str) -> tuple[str, str | None, str | None, str, str]:
    found = read_registration(campaign, text)
    return (
        found.unit,
        found.region.name if found.region else None,
        found.project.name if found.project else None,
        found.captain,
        found.phone,
    )


@pytest.mark.parametrize("text", WHOLE)
def test_whole_registrations(campaign: Campaign, text: str) -> None:
    assert _read(campaign, text) == FULL


@pytest.mark.parametrize(("text", "expected"), PARTS)
def test_partial_registrations(
    campaign: Campaign, text: str, expected: tuple[str, str | None, str | None, str, str]
) -> None:
    assert _read(campaign, text) == expected


@given(order=st.permutations(["昭通市第一中学", "昭阳区", "人道暖昭通", "队长李敏", "13900000000"]))
def test_the_order_does_not_matter(campaign: Campaign, order: list[str]) -> None:
    for separator in (" ", "，", "、", "\n"):
        assert _read(campaign, "组队 " + separator.join(order)) == FULL


@given(text=st.text())
def test_reading_never_raises(campaign: Campaign, text: str) -> None:
    read_registration(campaign, text)
    read_registration(campaign, f"组队 {text} 队长{text}")
