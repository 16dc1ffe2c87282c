"""A wish in the dress of a question: `帮我把进度改成3200可以吗`, `中不中，俺队累计3500`, `累计4.8万 201人次 要得不`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from handlers.understand.amounts import Figures, read_figures
from handlers.understand.dialect import standard
from handlers.understand.heard import as_meant
from handlers.understand.text import is_question, normalise, squash, without_ending, without_greeting
from handlers.understand.words import WORDS

_LEAVE = r"(?:可不可以|可以不可以|行不行|好不好|能不能行|(?:可以|好|行|成|要得|得行|中)(?:吗|么|不)|中不中|谢谢)"
_TAG = re.compile(rf"(?<![,。!、 ])[,。!、 ]*+(?:{_LEAVE}[,。!、?~ ]*+){{1,6}}$")
_HEAD_TAG = re.compile(rf"^{_LEAVE}[,。!?、 ]+(?=.)")
_FAVOUR = re.compile(
    r"^(?:老师们?|领导|您?你?好|请问|麻烦|[,。! ])*(?:能不能|可不可以|可以|能否|可否|能)(?:麻烦|请)?(?:你们?|您"
    r"|老师)?"
    r"(?=(?:帮|给|替)(?:我|忙|一?下|把))"
)
_END_OF_FAVOUR = re.compile(r"(?:一下)?(?:吗|么|不|没)?$")
_ORDER = re.compile(
    r"(?:^|[,。!、 ])(?:(?:那|老师|麻烦|请|就|先)[,、 ]?){0,6}(?:(?:帮|给|替)(?:我|忙|一?下|把)|把|我们?[要想来](?:组"
    r"|建|拉|报|登记|改|撤|更|订|退|查|看)|撤[回销]|更正|改[成为])"
)
"""A line that tells the bot to do something."""
_HEARD = (
    r"(?:你们?|您|老师|能|可以)?(?:收到|看到|看见|记上|记到|记下|记好|登上|登记上|录上|听到|听清|晓得|知道|明白)了?"
    r"(?:没有?|吗|么|不)"
)
_CHECKED = r"(?:对头不|对头吗|对不对|对不|对吗|对吧|是吧|是不是|没错吧|没毛病吧|准不准|对得上不)"
_AFTER_A_REPORT = re.compile(
    rf"(?<![\W_])[\W_]*+(?:(?:(?<=[\W_元块次笔人钱])(?:{_HEARD}|(?P<checked>{_CHECKED}))|{_LEAVE})"
    rf"[啊呀哈嘛噻哦嘞\W_]*+){{1,6}}$"
)
_DOES_REPORT = re.compile(r"进度|报|又|新增|更新|登记|今天|刚|筹[到了得集]|捐[了到]|收[到了]")


_POLITE = r"请|麻烦|劳烦|帮(?:我们?|忙|一?下)*|给我们?|我们?(?:想要?|要|来|需要|申请)|想要?|要|申请|需要|先|[,。!、 ]"
_LOOKING = r"看一?下|看看?|查看|查询|查一?下|查|发一?下|发|来[个份]?|打开|求|了解|一下"
_BEFORE = re.compile(rf"^(?:{_POLITE})+")
_BEFORE_LOOKING = re.compile(rf"^(?:{_POLITE}|{_LOOKING})+")
_AFTER = ("谢谢您", "谢谢你", "谢谢", "一下", "下", "吧", "了", "啦", "呢", "老师")
_AFTER_LOOKING = (*_AFTER, "给我", "我", "看", "查询", "查", "发", "来个", "来份", "来", "打开", "求", "了解")


class Undressed(NamedTuple):
    """A line without the courtesies before it, and without those on either side; `looking`: she asks to be shown."""

    headless: str
    bare: str
    looking: bool


def undressed(line: str) -> Iterator[Undressed]:
    """What a line may be beneath its courtesies: `请帮我注销一下` is 注销, `给我看看待审` is 待审."""
    spoken = without_greeting(line)
    for before, after, looking in ((_BEFORE, _AFTER, False), (_BEFORE_LOOKING, _AFTER_LOOKING, True)):
        headless = before.sub("", spoken)
        yield Undressed(headless, without_ending(headless, after, _is_sign), looking)


def _is_sign(char: str) -> bool:
    return not char.isalnum()


def asks_for_more(line: str) -> bool:
    """Whether a line asks for the next page, and nothing else."""
    return any(WORDS.get(squash(said.bare)) == "more" for said in undressed(line))


@lru_cache(maxsize=1024)
def as_said(text: str) -> str:
    """One message as it is read: normalised, misheard words put back, a wish out of its question's dress."""
    line = as_meant(normalise(text))
    if not is_question(line):
        return line
    spoken_to = _HEAD_TAG.sub("", line)
    if spoken_to != line and not is_question(spoken_to):
        return spoken_to
    for bare in (_TAG.sub("", line), _END_OF_FAVOUR.sub("", _FAVOUR.sub("", line).rstrip("?。!~ "))):
        if bare not in ("", line) and _is_order(bare):
            return bare
    return _report_before_tag(line) or line


def _is_order(bare: str) -> bool:
    return _ORDER.search(standard(bare)) is not None and not is_question(bare)


def _report_before_tag(line: str) -> str:
    """The report before `中不中`, `收到没`; '' where there is none, or where `对不对` may ask what the bot has."""
    tag = _AFTER_A_REPORT.search(line)
    if tag is None:
        return ""
    bare = line[: tag.start()]
    figures = None if is_question(bare) else read_figures(bare)
    if not isinstance(figures, Figures) or figures.kind == "bare":
        return ""
    plain = figures.donations is not None or _DOES_REPORT.search(standard(without_greeting(bare)))
    return bare if plain or not tag["checked"] else ""
