"""What is wrong and what is right in a correction, and what is taken back or put back."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.language.wordlists import rows
from handlers.understand.correcting import read_correction
from handlers.understand.ear import Ear
from handlers.understand.lexicon import lexicon
from handlers.understand.mended import Correction, Figures, Restoration, Retraction, Unclear
from storage.campaign_schema import Campaign

NOW = datetime(2024, 5, 8, 20, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def ear(campaign: Campaign) -> Ear:
    return Ear(campaign, (), NOW)


@pytest.mark.parametrize(
    ("typed", "right", "old"),
    [
        ("不是3200是3400", Figures(340_000), Figures(320_000)),
        ("3200写成2300了", Figures(320_000), Figures(230_000)),
        ("写成3000了，其实是300", Figures(30_000), Figures(300_000)),
        ("人次错了是56", Figures(None, 56), Figures()),
        ("人次不是78，是87", Figures(None, 87), Figures(None, 78)),
        ("钱没错，人次改成210", Figures(None, 210), Figures()),
        ("更正：原报3200元，现更正为3400元", Figures(340_000), Figures(320_000)),
        ("3400不是3200", Figures(340_000), Figures(320_000)),
        ("刚才3200应是3400，人次不变", Figures(340_000), Figures(320_000)),
        ("一万八千六才对，刚才错了", Figures(1_860_000), Figures()),
        ("9800应为9080，130应为103", Figures(908_000, 103), Figures(980_000, 130)),
        ("刚报的多算了80，7720才是对的", Figures(772_000), Figures()),
        ("改一下，今天应该是1800", Figures(180_000, None, "day"), Figures()),
        ("不是新增500是550", Figures(55_000), Figures(50_000, None, "increment")),
        ("12900写错啦，登成12950才对", Figures(1_295_000), Figures(1_290_000)),
        ("又不对，不是205是209人次", Figures(None, 209), Figures(None, 205)),
        ("钱没有错，人次应该是四十三", Figures(None, 43), Figures()),
        ("会计说是一万二，刚才那条错了", Figures(1_200_000), Figures()),
    ],
)
def test_the_two_sides(ear: Ear, typed: str, right: Figures, old: Figures) -> None:
    said = read_correction(typed, ear)
    assert isinstance(said, Correction)
    assert (said.right, said.old, said.step) == (right, old, 0)


@pytest.mark.parametrize(
    ("typed", "kind", "channel"),
    [
        ("那是累计不是新增", "total", None),
        ("刚报的是累计，不是今天的", "total", None),
        ("那笔1000是线下捐的", None, "offline"),
        ("刚才那1200是现金，不是线上的", None, "offline"),
        ("上次那个是现场收的现金", None, "offline"),
    ],
)
def test_a_figure_in_the_wrong_place(ear: Ear, typed: str, kind: str | None, channel: str | None) -> None:
    said = read_correction(typed, ear)
    assert isinstance(said, Correction)
    assert (said.right, said.kind, said.channel) == (None, kind, channel)


@pytest.mark.parametrize(("typed", "sign"), [("少报了200", 1), ("我多报了150元，麻烦减掉", -1), ("漏算了12人次", 1)])
def test_a_difference(ear: Ear, typed: str, sign: int) -> None:
    said = read_correction(typed, ear)
    assert isinstance(said, Correction)
    assert said.step == sign


@pytest.mark.parametrize("typed", ["昨天那条5000是5500", "前天的3000应为3300"])
def test_a_report_of_another_day(ear: Ear, typed: str) -> None:
    said = read_correction(typed, ear)
    assert isinstance(said, Correction)
    assert said.earlier


@pytest.mark.parametrize("typed", ["写错了，5月1日以来一共应该是9320元", "更正 从5月2日至今累计9320元"])
def test_a_day_since_when_is_not_that_days_report(ear: Ear, typed: str) -> None:
    said = read_correction(typed, ear)
    assert isinstance(said, Correction)
    assert said.right is not None
    assert not said.earlier


@pytest.mark.parametrize("typed", ["更正 .5万", "弄错了大概是三千多", "改成7700或者7750", "更正 小于4000"])
def test_what_is_not_exact_is_not_right(ear: Ear, typed: str) -> None:
    said = read_correction(typed, ear)
    assert isinstance(said, Unclear) or (isinstance(said, Correction) and said.doubts)


@pytest.mark.parametrize(
    ("typed", "type_"),
    [
        ("撤回", Retraction),
        ("刚才那条不算", Retraction),
        ("两条重复了，删一条", Retraction),
        ("恢复", Restoration),
        ("不该撤的，还原吧", Restoration),
        ("刚撤的那条还给我", Restoration),
        ("撤回撤回，弄错了", Retraction),
        ("上一条莫登记，我还没核", Retraction),
        ("刚捐的先别登记", type(None)),
        ("刚才那条不算，应该是3400", Correction),
        ("多按了一个零，帮我去掉嘛", Correction),
        ("那两条里有一条错了，删掉错的", Unclear),
        ("暂不撤回", type(None)),
        ("累计9300元 130人次", type(None)),
        ("但是我们累计9300元", type(None)),
        ("老师们上午好，我校截至10:20线上累计筹得11,604元，参与166人次", type(None)),
        ("昨天收在9000，今天早上看到9,260了，多了6笔", type(None)),
        ("隔壁组还没报上来，我们组9300元", type(None)),
        ("别给我们登成9100", Correction),
        ("今天又筹了500", type(None)),
    ],
)
def test_what_a_line_is(ear: Ear, typed: str, type_: type) -> None:
    assert isinstance(read_correction(typed, ear), type_)


def test_the_table_asks_for_nothing_that_is_never_told() -> None:
    """Every need of a row is a class or a value of the words, a side, or a fact of the line."""
    words = {name for _, kind, value in rows("understand/mending") for name in (kind, value)}
    sides = {then for of, _, then in rows("understand/mended") if of in ("ahead", "behind")} | {
        "right",
        "wrong",
        "said",
    }
    told = {f"{what}:{side}" for what in ("figure", "words") for side in sides}
    line = {"figure", "slip", "differs", "steps", "trims", "loose", "alone"}
    asked = {
        need
        for _, needs, _ in rows("understand/mended")
        for each in needs.split()
        for need in each.lstrip("!").split("|")
    }
    assert asked - {"-"} <= words | told | line


NUMERALS = set("零一二两三几百十0")
PLAIN = sorted(word for word in lexicon("understand/mending").senses if not NUMERALS & set(word))


@settings(deadline=None, max_examples=200)
@given(words=st.lists(st.sampled_from(PLAIN), max_size=8), figure=st.integers(1, 10**6))
def test_the_figure_taken_back_is_never_right(campaign: Campaign, words: list[str], figure: int) -> None:
    """Whatever is said around it, a line with one figure behind 不是 has no right figure."""
    said = read_correction(f"{''.join(words)}，不是{figure}元", Ear(campaign, (), NOW))
    assert not isinstance(said, Correction) or said.right is None or said.step
