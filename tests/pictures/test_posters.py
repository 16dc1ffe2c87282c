"""Posters, cards and certificates: what stands on them, that all of it is on the page, and that the code is read."""

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pytakumi import Renderer, from_html

from handlers.language.pressing import pressing_word
from handlers.posters import drawing
from handlers.posters.bulletin_poster import bulletin_poster
from handlers.posters.parts import Code
from handlers.posters.team_pictures import certificate, team_card
from handlers.posters.themes import THEMES, Theme
from storage.campaign_settings import Ranking
from storage.snapshots import Corrected
from tests.pictures.sample import EVENING, FULL, SUINING, UNITS, ZHAOTONG, edition, team

CODE = Code("https://yidui.example.org/board/zhaotong-2024", "扫码看实时榜")


@dataclass
class Layout:
    """In the renderer's place: what the last picture says, and how far to the right it reaches."""

    renderer: Renderer
    texts: list[str] = field(default_factory=list)
    right: float = 0.0

    def render_html(self, html: str, **page: Any) -> bytes:
        runs = list(_runs(self.renderer.measure(from_html(html), **page)))
        self.texts, self.right = [text for text, _ in runs], max(right for _, right in runs)
        return b""

    @property
    def said(self) -> str:
        return "".join(self.texts)


def _runs(node: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """Every run of text with the right edge that it reaches."""
    for run in node["runs"]:
        yield run["text"], node["transform"][4] + run["x"] + run["width"]
    for child in node["children"]:
        yield from _runs(child)


@pytest.fixture
def layout(monkeypatch: pytest.MonkeyPatch) -> Layout:
    laid = Layout(drawing._renderer())
    monkeypatch.setattr(drawing, "_renderer", lambda: laid)
    return laid


@pytest.mark.parametrize(
    ("rows", "level", "theme"), [(0, 1, "light"), (3, 1, "dark"), (10, 3, "light"), (30, 1, "dark")]
)
def test_a_poster_is_1080_wide_and_its_code_is_read(rows, level, theme) -> None:
    bulletin_poster(edition(1))  # the font is read once in a process
    began = time.process_time()
    png = bulletin_poster(edition(rows, level=level), theme, CODE)
    assert time.process_time() - began < 1, "a tenth of it is usual"
    picture = Image.open(io.BytesIO(png))
    assert picture.width == 1080
    assert len(png) < 2 * 1024 * 1024
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [CODE.opens]
    assert picture.convert("RGB").getpixel((5, picture.height - 5)) == _rgb(THEMES[theme].paper)


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_smallest_letters_can_be_read(theme: Theme) -> None:
    """4.5 : 1, which WCAG 2.1 asks of text (AA), for every colour of letters on what it stands on."""
    sheet = [(theme.sheet, each) for each in (theme.ink, theme.soft, theme.accent, theme.up, theme.down)]
    quiet = [(ground, theme.faint) for ground in (theme.sheet, theme.paper)]
    for ground, letters in (*sheet, *quiet, (theme.head, theme.head_ink), (theme.head, theme.head_soft)):
        dark, bright = sorted(_luminance(colour) for colour in (ground, letters))
        assert (bright + 0.05) / (dark + 0.05) >= 4.5, (ground, letters)


def _luminance(colour: str) -> float:
    shades = [part / 255 for part in _rgb(colour)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shades)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_what_stands_on_a_poster(layout: Layout) -> None:
    bulletin_poster(edition(10, level=3), code=CODE)
    for told in (
        "截至5月8日21:00", "战报 第3期", "昭通市红十字会等主办", "其中线下 5,000.00元", "满2000元队伍",
        "保 2,000,000.00元",
        "相距716,801.36元",
        "▲▼ 与第2期相比", "昭阳区太平街道永丰社区", "▲2", "新", "并列还有4支", "各县（市、区）", "活动还有1天",
        "明天（5月9日）10点开始配捐", "账本指纹 0f3a9c21", "扫码看实时榜", "以平台最终数据为准",
    ):  # fmt: skip
        assert told in layout.said, told
    assert any("捐赠自愿" in text for text in layout.texts)
    assert "平台已核定" in layout.said
    bulletin_poster(edition(0, since=None))
    assert "还没有上报的数字" in layout.said
    assert "▲" not in layout.said


@pytest.mark.parametrize("mode", ["own", "off"])
def test_where_nobody_is_ranked_in_public_no_unit_is_named(layout: Layout, mode: str) -> None:
    closed = ZHAOTONG.model_copy(update={"ranking": Ranking(mode=mode)})
    bulletin_poster(edition(10, closed))
    assert not any(unit[:6] in layout.said for unit in UNITS)
    assert "排名不分先后" in layout.said


def test_where_items_are_counted_each_task_has_its_sheet(layout: Layout) -> None:
    old = Corrected(cut_off=EVENING, amount_fen=0, today_fen=0, donations=0, teams=0, reached=0, tasks={})
    issue = edition(0, SUINING, since=None)
    task, here, there = SUINING.tasks[0], SUINING.regions[0], SUINING.regions[1]
    counts = {f"{task.id}|{here.id}": 3, f"{task.id}|{there.id}": 1}
    bulletin_poster(replace(issue, digest=issue.digest.model_copy(update={"tasks": counts}), corrects=old))
    assert f"{task.name}1/6处达到不少于3个，6月30日前{here.name}3个{there.name}1个" in layout.said
    assert f"{here.name} {task.name}：0 → 3" in layout.said
    assert "更正" in layout.said
    assert "元" not in layout.said


@given(names=st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=30), fen=st.integers(0, 10**14))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_units_are_called_nothing_leaves_the_page(layout: Layout, names: list[str], fen: int) -> None:
    issue = edition(len(names))
    leaders = tuple(
        each.model_copy(update={"unit": name, "amount_fen": fen})
        for each, name in zip(issue.digest.leaders, names, strict=True)
    )
    bulletin_poster(type(issue)(FULL, issue.digest.model_copy(update={"leaders": leaders}), 3, "0f3a9c21"), code=CODE)
    assert layout.right <= 1080
    team_card(FULL, team(names[0], fen), EVENING, "light", CODE)
    assert layout.right <= 1080
    certificate(FULL, team(names[0], fen), EVENING, "light")
    assert layout.right <= 1080


def test_a_team_s_card_and_certificate_thank_and_name_no_gap(layout: Layout) -> None:
    team_card(ZHAOTONG, team(), EVENING, "light", CODE)
    card = layout.said
    assert "12,345.67" in card
    assert "已到2000元线" in card
    team_card(ZHAOTONG, team(fen=150_000, donations=0), EVENING, "dark", None)
    assert "2000元线" not in layout.said
    assert "人次" not in layout.said
    certificate(ZHAOTONG, team(fen=0, donations=0), EVENING, "light")
    assert "合计" not in layout.said
    certificate(ZHAOTONG, team(), EVENING, "light")
    assert "感谢状" in layout.said
    assert "昭通市第一中学：" in layout.said
    for said in (card, layout.said):
        assert "谢" in said
        assert "自愿" in said
        assert "还差" not in said
        assert "名" not in said.replace("名称", "")
        assert pressing_word(said) is None


def test_characters_that_the_font_lacks() -> None:
    assert drawing.drawable("爱心😀队𠮷\u200b") == "爱心队〓"
    assert drawing.drawable("🎉") == "〓"


def test_without_the_extra_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "find_spec", lambda _: None)
    assert not drawing.can_draw()
    drawing._renderer.cache_clear()
    with pytest.raises(drawing.CannotDraw):
        bulletin_poster(edition(3))
