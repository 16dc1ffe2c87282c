"""What of a person is private, and what a notice has published."""

from pathlib import Path

import pytest

from handlers.rulebook.private import rule_about_private
from storage.campaign_files import load

FOLDER = Path(__file__).parents[2] / "campaigns"
ZHAOTONG = load(FOLDER / "zhaotong-2024")


@pytest.mark.parametrize(
    "asked",
    [
        "李敏的电话",
        "昭通一中李敏手机号是多少",
        "张队长微信给我",
        "王校长电话",
        "家长手机号",
        "申燕燕家里电话",
        "杜主任住哪里",
    ],
)
def test_private(asked: str) -> None:
    assert rule_about_private(ZHAOTONG, asked)


@pytest.mark.parametrize(
    "asked",
    [
        "杜雄电话", "申燕燕手机号多少", "申艳艳电话", "民政局电话", "卫健局电话", "林草局的联系方式", "方案电话",
        "项目电话", "管理员电话", "办公室电话", "联系电话是多少", "鲁甸的电话", "红十字会地址在哪", "主任电话",
        "队长电话一定要填吗", "电话",
    ],
)  # fmt: skip
def test_public_or_nobodys(asked: str) -> None:
    assert rule_about_private(ZHAOTONG, asked) is None


def test_every_campaign_declines() -> None:
    for campaign in map(load, FOLDER.glob("*-20*")):
        assert rule_about_private(campaign, "李敏电话多少"), campaign.id
