"""A pasted 接龙: its lines, each a report, a count of items or a registration, with what the header says for all.

Understood: marks `1.` `1、` `1)` `①` `1️⃣` or a number and a tab, header lines, example lines, blank lines, emoji. A
single registration or report typed over several lines is no chain.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from handlers.understand.amounts import Doubt, Figures, Kind, read_figures
from handlers.understand.count_list import CountLine, read_count_list
from handlers.understand.names import find_project, find_region
from handlers.understand.registration import Registration, read_registration
from handlers.understand.text import is_question, normalise, squash
from storage.campaign_schema import Campaign

MOST_LINES = 300
"""A chain longer than this is cut, and says so."""
_MARK = re.compile(r"^(?:\(?(\d{1,3})(?:[、,)]|\.(?!\d)|:(?!\d))|(\d{1,3}) (?=[^\d\s元万块人笔次点]))\s*")
_LABEL = re.compile(
    r"^(?:单位|参与|所选|选择|项目|队长|负责人|联系|电话|手机|县|区域|地区|属地|归属|姓名|学校|队名|团队|金额|人次|累计|今[天日]|合计|总)[^:]{0,6}:"
)
_EXAMPLE = re.compile(r"^(?:\(?(?:例如?|示例|举例|格式|模板|样例|样式|填写说明|说明|注)[:：)、 ]|例[^外]|如:)")
_CHAIN_WORD = re.compile(r"接龙|#接龙|solitaire", re.IGNORECASE)
_REGISTERS = re.compile(r"报名|组队|登记|注册|建队")
_REPORTS = re.compile(r"进度|筹款|捐款|善款|金额|上报|数据|累计|今[天日]|战绩")
_TOTALS = re.compile(r"累计|总额|总数|合计|截[至止]")
_DAY = re.compile(r"今[天日]|当[天日]")
_IN_WAN = re.compile(r"万元")
_BARE_MONEY = re.compile(r"(?<![\d.,])(\d+(?:\.\d+)?)(?![\d.,]|\s*(?:元|块|万|w|千|人|笔|次|名))", re.IGNORECASE)
_DECORATION = re.compile(r"[^\w\s.,、。:;()/+\-~#¥%·\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Progress:
    """One line of a progress chain. `place` counts the lines from 1; `names` is what it says besides figures."""

    place: int
    typed: str
    figures: Figures | Doubt | None
    names: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a registration chain."""

    place: int
    typed: str
    registration: Registration


@dataclass(frozen=True, slots=True)
class Chain:
    """A pasted list. `unread` are lines that hold figures or names but no mark; `cut`: lines beyond the limit."""

    kind: Literal["progress", "counts", "registration"]
    progress: tuple[Progress, ...] = ()
    counts: tuple[CountLine, ...] = ()
    entries: tuple[Entry, ...] = ()
    unread: tuple[str, ...] = ()
    cut: int = 0


def is_chain(text: str) -> bool:
    """Whether a message is a pasted list: two or more marked lines, no labels of one form, no list of questions."""
    if "\n" not in text.strip():
        return False
    header, marked, _ = _split(normalise(text))
    if any(_CHAIN_WORD.search(line) for line in header):
        return bool(marked)
    if len(marked) < 2 or sum(map(is_question, marked)) * 2 >= len(marked):
        return False
    return any(char.isdigit() for line in marked for char in line) or _REGISTERS.search(" ".join(header)) is not None


def read_chain(campaign: Campaign, text: str) -> Chain:
    """The chain of a text for which `is_chain` holds, or which counts several items."""
    if counts := read_count_list(campaign, text):
        return Chain("counts", counts=counts[:MOST_LINES], cut=max(0, len(counts) - MOST_LINES))
    header, marked, unread = _split(normalise(text))
    head = " ".join(header)
    cut = max(0, len(marked) - MOST_LINES)
    marked = marked[:MOST_LINES]
    if _registers(head, marked):
        entries = tuple(Entry(place, line, _entry(campaign, line, head)) for place, line in enumerate(marked, 1))
        return Chain("registration", entries=entries, unread=tuple(unread), cut=cut)
    progress = tuple(_progress(place, line, head) for place, line in enumerate(marked, 1))
    return Chain("progress", progress=progress, unread=tuple(unread), cut=cut)


def _split(text: str) -> tuple[list[str], list[str], list[str]]:
    """Header lines, marked lines without their marks, and lines further down that have none."""
    header: list[str] = []
    marked: list[str] = []
    unread: list[str] = []
    for line in text.split("\n"):
        bare = _DECORATION.sub(" ", line).strip()
        if not bare or _EXAMPLE.match(bare):
            continue
        mark = _MARK.match(bare)
        rest = bare[mark.end() :].strip() if mark else ""
        if mark and _EXAMPLE.match(rest):
            continue
        if mark and rest and not _LABEL.match(rest):
            marked.append(rest)
        elif mark and not rest:
            continue
        elif not marked:
            header.append(bare)
        elif any(char.isdigit() for char in bare):
            unread.append(bare)
    return header, marked, unread


def _registers(head: str, marked: list[str]) -> bool:
    """What the header says, else what most lines hold: a telephone number or no figure at all."""
    registers, reports = _REGISTERS.search(head) is not None, _REPORTS.search(head) is not None
    if registers != reports:
        return registers
    with_figures = sum(isinstance(read_figures(line), Figures | Doubt) for line in marked)
    return with_figures * 2 < len(marked)


def _entry(campaign: Campaign, line: str, head: str) -> Registration:
    """One registration; the project or the region that the header names holds where the line names none."""
    read = read_registration(campaign, line)
    project = read.project or find_project(campaign, head)[0]
    region = read.region or find_region(campaign, head)[0]
    return replace(read, project=project, region=region)


def _progress(place: int, line: str, head: str) -> Progress:
    """One report. A figure without a word is what the header says, else a total: the preview names the kind."""
    said = _BARE_MONEY.sub(r"\1万", line, count=1) if _IN_WAN.search(head) else line
    name, figures = _figures(said)
    if not isinstance(figures, Figures):
        return Progress(place, line, figures, "")
    if figures.kind == "bare":
        kind: Kind = "day" if _DAY.search(head) and not _TOTALS.search(head) else "total"
        figures = replace(figures, kind=kind)
    return Progress(place, line, figures, f"{name} {figures.rest}".strip())


def _figures(line: str) -> tuple[str, Figures | Doubt | None]:
    """The figures of a line; a unit's name in front, ordinals and all, is read apart from them where that helps."""
    figures = read_figures(line)
    if isinstance(figures, Figures):
        return "", figures
    name, _, rest = line.partition(" ")
    apart = read_figures(rest) if rest and squash(name) and not name[0].isdigit() else None
    return (name, apart) if isinstance(apart, Figures) else ("", figures)
