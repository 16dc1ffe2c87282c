"""Names: found where people put them, keyed so that neighbours never merge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understand.names import find_project, find_region, similar_units, unit_key
from handlers.understand.units import looks_like_unit
from storage.campaign_schema import Campaign


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("永善县", "永善县", ""),
        ("排行 永善县", "永善县", "排行"),
        ("排行永善", "永善县", "排行"),
        ("昭通市永善县的排名", "永善县", "的排名"),
        ("水富排第几", "水富市", "排第几"),
        ("照阳区", "昭阳区", ""),
        ("永膳", "永善县", ""),
        ("市本级", "市直", ""),
        ("昭通市昭阳区第三中学", "昭阳区", "第三中学"),
        ("昭阳区第三中学 永善县", "永善县", "昭阳区第三中学"),
        ("昭通市", None, "昭通市"),
        ("昭阳路小学", None, "昭阳路小学"),
        ("魏欣 100", None, "魏欣 100"),
    ],
)
def test_find_region(campaign: Campaign, text: str, name: str | None, rest: str) -> None:
    region, left = find_region(campaign, text)
    assert (region.name if region else None, left) == (name, rest)


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("人道暖昭通", "人道暖昭通", ""),
        ("联系人 一老一小", "慈善关爱“一老一小”", "联系人"),
        ("二维码 “慈善关爱‘一老一小’”项目", "慈善关爱“一老一小”", "二维码"),
        ("慈善关爱 一小一老 谁负责", "慈善关爱“一老一小”", "谁负责"),
        ("博爱昭通行 童享阳光", "童享阳光", ""),
        ("博爱昭通行", "博爱昭通行", ""),
        ("博爱乌蒙绿美昭通", "博爱乌蒙·绿美昭通", ""),
        ("寄宿孩子的第二个家", "打造乡村寄宿孩子的第二个家", ""),
        ("人道暧昭通", "人道暖昭通", ""),
        ("仁道暖昭通 一中", "人道暖昭通", "一中"),
        ("人道暖昭通和博爱昭通行", None, "人道暖昭通和博爱昭通行"),
        ("昭通一中", None, "昭通一中"),
    ],
)
def test_find_project(campaign: Campaign, text: str, name: str | None, rest: str) -> None:
    project, left = find_project(campaign, text)
    assert (project.name if project else None, left) == (name, rest)


@pytest.mark.parametrize(
    "names",
    [
        ("昭通市第一中学", "第一中学", "第1中学", "一中", "昭通一中", "云南省昭通市第一中学", " 昭通市 第一中学"),
        ("第12小学", "第十二小学", "十二小", "昭通市第十二小学", "12小"),
        ("永善县第一中学", "永善一中", "昭通市永善县一中"),
        ("永善县教育体育局", "永善教体局", "永善县教育局"),
        ("昭通市卫生健康委员会", "市卫健委", "卫计委"),
        ("昭通市红十字会", "市红会", "红会", "昭通红十字会"),
        ("农业局", "昭通市农业农村局"),
        ("总公会", "昭通市总工会"),
        ("鲁甸县税务局", "国家税务总局鲁甸县税务局"),
        ("共青团昭通市委", "团市委"),
        ("昭通市第一中学", "昭通市第一中学爱心团队"),
        ("昭通供电局", "云南电网昭通供电局", "云南电网有限责任公司昭通供电局"),
    ],
)
def test_one_unit_has_one_key(campaign: Campaign, names: tuple[str, ...]) -> None:
    assert len({unit_key(campaign, name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第1小学", "第12小学"),
        ("第一中学", "第二中学"),
        ("第一中学", "第一小学"),
        ("昭阳区第一中学", "昭通市第一中学"),
        ("昭阳区民政局", "永善县民政局"),
        ("城南小学", "城北小学"),
        ("昭通学院", "昭通医院"),
    ],
)
def test_neighbours_keep_their_keys(campaign: Campaign, one: str, other: str) -> None:
    assert unit_key(campaign, one) != unit_key(campaign, other)
    assert similar_units(campaign, one, [other]) == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("一中", ["昭通市第一中学", "昭阳区第一中学"]),
        ("第一小学", ["第1小学"]),
        ("昭阳一中", ["昭阳区第一中学"]),
        ("民政局", ["昭通市民政局", "永善县民政局"]),
        ("永善思原实验学校", ["永善县思源实验学校"]),
        ("检察院", ["昭通市人民检察院"]),
        ("昭通供电局", ["云南电网昭通供电局"]),
        ("永善县第一中学", []),
        ("城东小学", []),
    ],
)
def test_similar_units(campaign: Campaign, name: str, found: list[str]) -> None:
    registered = [
        "昭通市第一中学",
        "昭通市第二中学",
        "昭阳区第一中学",
        "第12小学",
        "第1小学",
        "昭通市民政局",
        "永善县民政局",
        "城南小学",
        "城北小学",
        "永善县思源实验学校",
        "昭通市人民检察院",
        "云南电网昭通供电局",
    ]
    assert sorted(similar_units(campaign, name, registered)) == sorted(found)


def test_the_same_unit_stands_first(campaign: Campaign) -> None:
    assert similar_units(campaign, "一中", ["昭阳区第一中学", "昭通市第一中学"])[0] == "昭通市第一中学"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("昭通市第一中学", None),
        ("三中", None),
        ("腾讯", None),
        ("中国移动昭通分公司", None),
        ("  ", "empty"),
        ("！！", "empty"),
        ("3200元", "number"),
        ("三千二", "number"),
        ("13900000000", "phone"),
        ("李敏 13900000000", "phone"),
        ("永善县", "region"),
        ("昭通市", "region"),
        ("昭通市永善县", "region"),
        ("人道暖昭通", "project"),
        ("“一老一小”项目", "project"),
        ("几点开始？", "question"),
        ("排行", "command"),
        ("好的", "command"),
        ("很长的名字" * 10, "too long"),
    ],
)
def test_looks_like_unit(campaign: Campaign, name: str, reason: str | None) -> None:
    assert looks_like_unit(campaign, name) == reason


@given(text=st.text())
def test_names_never_raise(campaign: Campaign, text: str) -> None:
    find_region(campaign, text)
    find_project(campaign, text)
    looks_like_unit(campaign, text)
    similar_units(campaign, text, [text, "昭通市第一中学"])


@given(one=st.integers(1, 99), other=st.integers(1, 99), school=st.sampled_from(["小学", "中学", "幼儿园"]))
def test_ordinals_never_merge(campaign: Campaign, one: int, other: int, school: str) -> None:
    a, b = f"昭通市第{one}{school}", f"第{other}{school}"
    assert (unit_key(campaign, a) == unit_key(campaign, b)) == (one == other)
    assert bool(similar_units(campaign, a, [b])) == (one == other)
