"""The fields of 模板消息 and 订阅通知: what each kind holds, and how a push is put into them (wechat-platform §4.4).

A field's key is its kind and a number (`thing2`, `time3`). Both kinds of message come from the same library of
templates; an over-long field of a notice is an error (47003), one of a template message is cut off silently.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, repeat
from zoneinfo import ZoneInfo

from handlers import texts
from scheduler.channels.channel import Skip
from storage.models.pushes import Notification

THING = 20
"""Characters of a `thing`, the kind that holds free text."""

_CHINA = ZoneInfo("Asia/Shanghai")
_KEY = re.compile(r"([a-z_]+)\d+")
_BULLETS = re.compile(r"^[\s#>*·•—\-─]+|[\U00010000-\U0010ffff]")
_TITLE = re.compile(r"(?P<mark>(?:【[^】]{1,4}】)?)【(?P<name>[^】]{5,})】")
_CUT_OFF = re.compile(r"截至[\d年月日: ]+")
_MOMENTS = ("time", "date")
_HALF_BRACKET = re.compile(r"(?<=.)（[^）]*$")
_NUMBER = re.compile(r"(?:\d[\d.,:]*(?:亿|万)?(?:元|支|期|年|月|日|点|%|人次)?)+")

_DATE = r"\d{4}年\d{1,2}月\d{1,2}日"
_HOUR = r"\d{1,2}:\d{2}(:\d{2})?"
_FORMS = {
    "thing": r"[^\n]{1,20}",
    "number": r"[\d.]{1,32}",
    "letter": r"[A-Za-z]{1,32}",
    "symbol": r"[^\w\s]{1,5}",
    "character_string": r"[!-~]{1,32}",
    "time": rf"({_DATE} )?{_HOUR}",
    "date": rf"{_DATE}( {_HOUR})?",
    "amount": r"[¥￥$€£]?\d{1,10}(\.\d{1,2})?元?",
    "phone_number": r"[\d+\- ]{1,17}",
    "car_number": r"[^\n]{1,8}",
    "name": r"[\u4e00-\u9fff·]{1,10}|[A-Za-z .]{1,20}",
    "phrase": r"[\u4e00-\u9fff]{1,5}",
}
_OTHER_FORM = r"[^\n]{1,20}"


def check_values(values: Mapping[str, str]) -> None:
    """Raises `Skip` with WeChat's own code for a field that would not be taken."""
    for key, value in values.items():
        kind = _KEY.fullmatch(key)
        form = _FORMS.get(kind[1], _OTHER_FORM) if kind else None
        if form is None or not re.fullmatch(form, value):
            raise Skip(f"data.{key}.value is invalid", 47003)


def fill(keys: Sequence[str], push: Notification) -> dict[str, str]:
    """A push in the fields of a template: its lines in the `thing`s, its time in `time` and `date`.

    A line that only says until when it holds is left out where the template has a field for that. Raises `Skip` for a
    template that asks for what a push does not have.
    """
    told = _told(push.text)
    if any(_kind(key) in _MOMENTS for key in keys):
        told = (line for line in told if not _CUT_OFF.fullmatch(line))
    lines = chain((_fitting(line) for line in told), repeat(texts.pushes.NOTICE_REST))
    return {key: _value(key, lines, push) for key in keys}


def _value(key: str, lines: Iterator[str], push: Notification) -> str:
    local = push.due_at.astimezone(_CHINA)
    day = f"{local.year}年{local.month}月{local.day}日"
    match _kind(key):
        case "thing":
            return next(lines)
        case "time":
            return f"{day} {local:%H:%M}"
        case "date":
            return day
        case "phrase":
            return texts.pushes.NOTICE_PHRASE
    mend = "choose a template whose fields are thing, time, date or phrase only"
    raise Skip(f"a push has nothing for the template's field {key}", 47003, mend=mend)


def _kind(key: str) -> str:
    return key.rstrip("0123456789")


def _told(text: str) -> Iterator[str]:
    """The lines that say something; a title ahead of one is a line of its own."""
    for line in text.splitlines():
        said = _BULLETS.sub("", line).strip()
        if title := _TITLE.match(said):
            yield f"{title['mark']}{title['name']}"
            said = said[title.end() :].strip()
        if said:
            yield said


def _fitting(said: str) -> str:
    """A line in the space of a `thing`: as much as there is room for, but for a number or a bracket in half."""
    if len(said) <= THING:
        return said
    halved = next((n for n in _NUMBER.finditer(said) if n.start() < THING - 1 < n.end()), None)
    room = said[: halved.start() if halved else THING - 1]
    return f"{_HALF_BRACKET.sub('', room).rstrip(' （(，,：:')}…"
