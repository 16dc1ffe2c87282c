"""What a coordinator decides, said in a sentence: a team's code or a case's number, the word, and what follows it."""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from handlers.language.units import ends_like_a_unit
from handlers.language.wordlists import any_of, forms, rows, words
from handlers.language.words import CaseAct, DifferenceAct


def _any(kind: str) -> str:
    return any_of(form for word in words("understand/decisions", kind) for form in forms(word))


LONGEST = 120
"""Characters of the longest line in which an act on a team is looked for."""
_DONE = ("已", "已经")
"""What tells that it is done, and asks for nothing: `0012已停用`."""
_MARKS = " ,，、:：;；。.!！"
_AHEAD, _BESIDE = rf"^(?:{_any('ahead')}|[:, ])*+", rf"(?:{_any('counted')})?(?:{_any('may')}|[:, ])*+"
_OF_A_CODE = rf"{_AHEAD}(?P<code># ?\d{{1,9}}|0\d{{3,8}}|[dD] ?\d{{1,6}})(?!\d){_BESIDE}"
_APPROVE = re.compile(rf"{_OF_A_CODE}(?:{_any('approve')})(?:{_any('so')})*+(?P<reason>)[\W_]*$")
_REJECT = re.compile(rf"{_OF_A_CODE}(?:{_any('reject')})(?:{_any('so')})*+[,:。! ]*(?P<reason>.*)$")
"""A verdict behind what it is about: `0012 驳回 名称不规范`, `D12 退回 人次不对`."""

_OF_A_CASE = rf"{_AHEAD}(?P<number>[dD] ?\d{{1,6}})(?!\d){_BESIDE}"
_CASE_ACTS: Mapping[CaseAct, re.Pattern[str]] = {
    "take_case": re.compile(rf"{_OF_A_CASE}(?:{_any('take')})(?:{_any('so')})*+(?P<rest>)[\W_]*$"),
    "hand_case_on": re.compile(rf"{_OF_A_CASE}(?:{_any('hand on')})(?:{_any('to')})*(?P<rest>\D+)$"),
    "close_case": re.compile(rf"{_OF_A_CASE}(?:{_any('close')})(?:{_any('so')})*+[,:。! ]*(?P<rest>.*)$"),
}
"""What is done to a case, its number before the word: `D3我来接手`, `把D3转给绥江县`, `D3结案 已核实`."""
_DIFFERENCE_ACTS: Mapping[DifferenceAct, re.Pattern[str]] = {
    "adopt_platform": re.compile(
        rf"{_OF_A_CODE}(?:就|请|采用|以|按照?|用)*平台的?(?:数字?|数据)?(?:为准|更正|来改|[吧了])*[\W_]*$"
    ),
    "keep_reported": re.compile(
        rf"{_OF_A_CODE}(?:就|请)*保留(?:原来的?)?上报的?(?:数字?|数据)?(?:不变|[吧了])*[\W_]*$"
    ),
    "ask_captain": re.compile(
        rf"{_OF_A_CODE}(?:请|让|叫|由)*队长(?:自己|再|来|去)*(?:核对|核实|看)(?:看|一下|一遍|[吧了])*[\W_]*$"
    ),
}
"""What is done where the platform says otherwise, behind what it is about: `D12 采用平台`, `0012请队长核对一下`."""
_CASES = re.compile(rf"(?:{_any('asking ahead')})*+(?:{_any('case')})(?:{_any('asking behind')})*+")


_COMMANDS = {form: row[2] for row in rows("understand/decisions") if row[1] == "team act" for form in forms(row[0])}
_TEAM_ACT = rf"(?P<verb>{any_of(_COMMANDS)})(?:一?下|掉|了|队伍?|[:, ])*+(?:{_any('becomes')}|[:, ])*+"
_ITS_CODE = r"(?P<code># ?\d{1,9}|\d{4,9})(?!\d)(?:号?队)?"
_BOTH = r"(?:和|与|跟|、|[:, ])+(?P<rest># ?\d{1,9}|\d{4,9})(?!\d)(?:号?队|这?两[支个]队伍?)?"
_AROUND_A_CODE = (
    re.compile(rf"{_AHEAD}{_ITS_CODE}{_BOTH}(?P<verb>合并)(?:{_any('so')}|起来|[。!])*$"),
    re.compile(rf"{_AHEAD}{_ITS_CODE}{_BESIDE}的?{_TEAM_ACT}(?:{_any('so')})?(?P<rest>.*)$"),
    re.compile(rf"{_AHEAD}{_TEAM_ACT}(?:编号|[:, ])*{_ITS_CODE}(?P<rest>.*)$"),
)
"""What is done to a team, its code ahead of the word (`把0012停用，冒名`) or behind another for it (`停掉0012`)."""
_AROUND_A_NAME = re.compile(
    rf"^(?:请|帮我|麻烦)*(?:把|将)(?P<code>[^\d ,:。]{{3,30}}?)的?{_BESIDE}{_TEAM_ACT}(?P<rest>.*)$"
)
"""The same to a team that is named: `把永善县中医院停用`."""


class Act(NamedTuple):
    """What is done, and what would stand behind its word: the number, and what else is said."""

    want: CaseAct | DifferenceAct
    behind: str


class TeamAct(NamedTuple):
    """The word of the bot that is meant, and what would stand behind it."""

    word: str
    behind: str


def act_on_a_case(line: str) -> Act | None:
    """What a normalised line does to a case; None where it is none of these, whole."""
    found = ((want, act.search(line)) for want, act in _CASE_ACTS.items())
    return next((Act(want, f"{said['number']} {said['rest']}") for want, said in found if said), None)


def act_on_a_difference(line: str) -> Act | None:
    """What a normalised line does to a difference from the platform; None where it is none of these, whole."""
    found = ((want, act.search(line)) for want, act in _DIFFERENCE_ACTS.items())
    return next((Act(want, said["code"]) for want, said in found if said), None)


def act_on_a_team(line: str, coordinates: bool) -> TeamAct | None:
    """What a normalised line does to a team beside whose code it stands, or, from who coordinates, whose name."""
    tried = (*_AROUND_A_CODE, _AROUND_A_NAME) if coordinates else _AROUND_A_CODE
    said = next((found for pattern in tried if (found := pattern.match(line))), None) if len(line) <= LONGEST else None
    if said is None or line.endswith(_DONE, 0, said.start("verb")):
        return None
    if not said["code"][-1].isdigit() and not ends_like_a_unit(said["code"]):
        return None
    return TeamAct(_COMMANDS[said["verb"]], f"{said['code']} {said['rest'].strip(_MARKS)}".strip())


def verdict_behind(want: Literal["approve", "reject"], line: str) -> str:
    """What would stand behind the word of a verdict; '' where a normalised line is not one production."""
    said = (_APPROVE if want == "approve" else _REJECT).search(line)
    return f"{said['code']} {said['reason']}" if said else ""


def asks_for_cases(text: str) -> bool:
    """Whether a squashed message asks how many cases there are or for their list, and says nothing else."""
    return _CASES.fullmatch(text) is not None


_DIFFERENCES = re.compile(
    r"(?:请|帮我|麻烦|我?想?看看?|查看?|列出?|现在|目前|今[天日])*(?:有?哪些|哪几[支个]|有没有|有几[支个条]|多少)*(?:单位|队伍?)*的?(?:数字?|数据)*"
    r"(?:[和与跟]?平台的?(?:数字?|数据)*的?有?(?:差异|差别|相差|对不上|不一致|不一样|不符)|三方差异|差异)"
    r"(?:的?(?:单位|队伍?|名单|列表|清单)|有?哪些|有?几[支个条]|多少|[了吗呢的])*"
)


def asks_for_differences(text: str) -> bool:
    """Whether a squashed message asks of which teams the platform says otherwise, and says nothing else."""
    return _DIFFERENCES.fullmatch(text) is not None
