"""A correction as people say it: `不是3200是3400`, `我报成了医院的，是一中的`, `那是累计不是新增`.

The wrong and the right side are pulled apart before either is read, so that the figure taken back is never booked.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from handlers.understand.amounts import Channel, Doubt, Figures, Kind, read_figures
from handlers.understand.dialect import standard
from handlers.understand.heard import as_meant
from handlers.understand.numerals import DIGITS
from handlers.understand.text import normalise, squash, without_ending

Named = Literal["total", "day", "increment"]

_IS = (
    r"(?:正确[的数值]*[是为]|应?该[是为]|应[是为]|得是|才是|实[为是]|而是|其实是|实际[是为]?|现?更正[为成]|调整为"
    r"|(?<![不要])是|应)"
)
_SIDE = r"(?:[^,。;!\n]|(?<=\d),(?=\d{3})){1,60}?"
"""What was wrong or is right; nobody says so much of it that a bound of characters would matter."""
_BREAK = r"[,。;!\s]"
_TO = r"(?:[成到]|(?<=[错误].)[为作])了?"
_PUT = "[报说写打填弄搞记发算登看当]"
_NOT_BUT = re.compile(rf"^(?P<lead>.*?)不是(?P<wrong>{_SIDE}){_BREAK}{{0,8}}{_IS}(?P<right>.+)$", re.DOTALL)
_BUT_NOT = re.compile(
    rf"^(?P<lead>.*?)(?:{_IS})(?P<right>{_SIDE}){_BREAK}{{0,8}}(?:而?不是|[而并]?非(?=[\d#]))(?P<wrong>.+)$", re.DOTALL
)
_TAKEN_FOR = re.compile(
    rf"^(?P<lead>.*?{_PUT}){_TO}(?P<wrong>{_SIDE})(?:去了|了)?{_BREAK}{{1,8}}(?:.{{0,4}}?){_IS}(?P<right>.+)$",
    re.DOTALL,
)
_A_FIGURE = rf"[^,。;\s]{{0,40}}[\d{DIGITS}][^,。;\s是]{{0,40}}?"
_PUT_AS = re.compile(rf"^(?P<lead>)(?:把|将)?(?P<right>{_A_FIGURE}){_PUT}{_TO}(?P<wrong>{_A_FIGURE})(?:去了|了)*$")
"""`2800元写成8200元了`: what was meant stands first."""
_WAS_TAKEN_FOR = re.compile(
    rf"^(?P<lead>.*?){_IS}(?P<right>{_SIDE}){_BREAK}{{1,8}}[^,。;!\s]{{0,4}}?{_PUT}{_TO}(?P<wrong>[^,。;!\n]{{1,60}}?)(?:去了"
    rf"|了)?$",
    re.DOTALL,
)
_BECOMES = re.compile(
    rf"^(?P<wrong>.*)(?:应?该[是为]|应该?(?=[\d{DIGITS}])|实际[是为]?|应[是为]?(?=[\d{DIGITS}])|实[为是]"
    r"|(?<=\d)[元块人次笔]{0,2}改(?=\d)|修改.{0,6}为|(?:更正|改|变|调整|订正)[成为]|更正为|以(?=[^,。]{0,6}\d.*为准)"
    r"|(?<![不要])是)(?P<right>.+)$",
    re.DOTALL,
)
_DONE = "[报记写算填登录数加计统输]"
_LAST = "(?:那|上一?|前一?|这)[条笔次]"
TOO_MUCH = (
    rf"(?:多|重复?){_DONE}|{_DONE}[多高]|比实际[多高]|(?<!比)实际少|偏[高多]|多出来?(?=了?[\d{DIGITS}])"
    rf"|[要得请该][减扣][掉去除]?|[核调]减|[应需]扣除?|{_LAST}[^,。\d]{{0,2}}[多高]"
)
TOO_LITTLE = (
    rf"[少漏]{_DONE}|{_DONE}[少漏低]|比实际[少低]|(?<!比)实际多|偏[低少]|漏(?=了?[\d{DIGITS}])|补加|[核调]增"
    rf"|{_LAST}[^,。\d]{{0,2}}(?:[少低]|再加)"
)
_STEP = re.compile(
    rf"^(?P<lead>.*?)(?:(?:{TOO_LITTLE})|(?P<more>{TOO_MUCH}))了?"
    rf"(?P<figure>(?:(?!(?:应该?|实际|其实|改|更正|[是为])[^,。]{{0,6}}[\d{DIGITS}]).)+)$",
    re.DOTALL,
)
"""What was left out or was too much, with no right total beside it."""
_HEDGED = re.compile(r"^应该[是有]?[^,。]*吧$|^(?:大概|可能)应该")
_EARLIER = re.compile(r"昨[天日晚]|前[天晚]|前几天|上周|那天|之前那|早上那")
_KINDS: tuple[tuple[Named, re.Pattern[str]], ...] = (
    ("total", re.compile(r"累计|总数|总额|总的|总共|一共|合计|进度")),
    ("day", re.compile(r"今[天日]|当[天日]")),
    ("increment", re.compile(r"新增|增加|增量|又筹|新筹|单笔")),
)
_CHANNELS: dict[Channel, re.Pattern[str]] = {
    "offline": re.compile(r"线下|现金|募捐箱"),
    "online": re.compile(r"线上|网上"),
}
_COUNTS = re.compile(r"人次|笔数|人数")
_MONEY = re.compile(r"金额|善款|元|块|万")
_UNCHANGED = re.compile(r"(?<![^,。;!])[^,。;!]*(?:没错|没有错|没问题|对的|不变|没变)[,。;! ]*")
"""`金额没错，人次应为120`: what is not to be changed."""
_MISTAKEN_UNIT = re.compile(r"错了?(?:单位|队|学校|医院|项目)|(?:单位|队伍?|学校|项目)[^,。]{0,3}[错串]了")
_CODE = re.compile(r"# ?(\d{1,9})(?!\d)|(?<![\d.,])(0\d{3})(?![\d.,]|元|块|人|笔)")
_PARTICLES = re.compile(r"^(?:我们?|咱们?|那个|这个|的)+")
_PARTICLES_BEHIND = (
    "的", "那条", "那笔", "那个", "那次", "那边", "这边", "了", "吧", "啊", "呀", "哈",
    "老师", "才对", "去了", "我们", "咱们",
)  # fmt: skip
_AROUND_A_MISTAKE = re.compile(
    r"昨[天日晚]上?|前[天晚]|前几天|上周|那[条笔个次]|刚[才刚]|原来?|报的?|[上这]一?[条笔次]"
    r"|[报写打填]?错了?|不对|有误|(?:应该?|现|实际|其实|更|要)$"
)
WORDS_OF_A_MISTAKE = re.compile(
    r"更正|纠正|订正|修改|勘误|为准|作废|误填|误报|[报写填打输弄搞说念登记发]{0,2}[错反]了?|不对|有误|应该?|实际|其实"
    r"|正确|改|原来?|现|不好意思|对不起|抱歉|手滑"
    r"|口误|那[条笔个次]|[上这]一?[条笔次]|把|不是|[成为]|[多少][打按写了报]*个?[零0]"
    r"|[多少漏重]复?[报记写算填登录数加计统输]入?了?|[报记写算填登录数加计统输][多少漏]了?|哦|反"
)
"""What people say around a correction; other words make it strange."""
_SAYS_NOTHING = re.compile(r"(?:别的|其他|其它|另外|别人|哪个)?(?:单位|学校|队|人|数据|数字|错误?|这样|那样|好|对)?")


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong and what is right; what is not said is None or empty. Money in fen, `donations` in 人次.

    `kind`, `channel`: what the report really was. `wrong`, `right`: units or projects mixed up, as typed.
    `earlier`: a report of another day is meant. `rest`: what else is said, perhaps the unit.
    `step`: `figures` are what was left out (1) or was too much (-1), and no total.
    """

    figures: Figures | None = None
    old_fen: int | None = None
    old_donations: int | None = None
    kind: Named | None = None
    channel: Channel | None = None
    wrong: str = ""
    right: str = ""
    code: str | None = None
    earlier: bool = False
    rest: str = ""
    step: Literal[-1, 0, 1] = 0


def read_correction(text: str, codes: Collection[str] = ()) -> Correction | Doubt | None:
    """The correction of one message; a doubt where its figures cannot be read, None where it names nothing right."""
    line = standard(as_meant(normalise(text)))
    earlier = _EARLIER.search(line) is not None
    if _HEDGED.search(line):
        return Doubt("vague", line[:24])
    if stepped := _STEP.match(line):
        return _step(stepped, codes)
    wrong, right, contrast = sides(line)
    figures = read_figures(right, codes)
    if isinstance(figures, Doubt):
        return figures
    code = _code(wrong, codes)
    if figures is None:
        kind, channel = _kind_of(right), channel_of(right)
        if kind or channel:
            return Correction(kind=kind, channel=None if kind else channel, code=code, earlier=earlier)
        name, mistaken = _name(right), _name(wrong) if contrast else ""
        if not name or not (contrast or mistaken or _MISTAKEN_UNIT.search(wrong)):
            return None
        return Correction(wrong=mistaken, right=name, code=code, earlier=earlier)
    if figures.amount_fen == 0 and not wrong:
        return None  # 多打了个0
    figures = _as_said(figures, wrong, right, told=not contrast)
    old = _taken_back(wrong)
    old_is_count = figures.amount_fen is None and old is not None and old.donations is None
    return Correction(
        figures=figures,
        old_fen=None if old is None or old_is_count else old.amount_fen,
        old_donations=None if old is None else _whole(old.amount_fen) if old_is_count else old.donations,
        code=figures.code or code,
        earlier=earlier,
        rest=f"{old.rest if old else wrong} {figures.rest}",
    )


def _step(said: re.Match[str], codes: Collection[str]) -> Correction | Doubt | None:
    """`少报了200`, `多报了3人次`: what is missing or too much; None where it is a nought, or a gift without a sum."""
    lead, figures = said["lead"], read_figures(said["figure"], codes)
    if not isinstance(figures, Figures):
        return figures
    figures = _as_said(figures, lead, said["figure"])
    if not figures.amount_fen and (not figures.donations or "笔" in said["figure"]):
        return None
    old = _taken_back(lead)
    return Correction(
        figures=figures,
        old_fen=old.amount_fen if old else None,
        old_donations=old.donations if old else None,
        code=figures.code or _code(lead, codes),
        rest=f"{old.rest if old else lead} {figures.rest}",
        step=-1 if said["more"] else 1,
    )


def sides(line: str) -> tuple[str, str, bool]:
    """What was wrong, what is right, and whether the two were set against each other by name."""
    for pattern in (_PUT_AS, _NOT_BUT, _BUT_NOT, _TAKEN_FOR, _WAS_TAKEN_FOR):
        if said := pattern.match(line):
            lead = said["lead"] if _COUNTS.search(said["lead"]) or _CODE.search(said["lead"]) else ""
            return f"{lead} {said['wrong']}", said["right"], True
    if said := _BECOMES.match(line):
        return said["wrong"], said["right"], bool(re.search(r"[报写记算][成到]", said["wrong"]))
    return "", line, False


def _as_said(figures: Figures, wrong: str, right: str, *, told: bool = True) -> Figures:
    """The right figures in the light of what stands before them: `人次错了，是56`, `累计应为3.5万`.

    `told`: the words before them are theirs, and not what is denied (`是1万，不是新增`).
    """
    kind: Kind = figures.kind
    if kind == "bare" and told and read_figures(wrong) is None:
        kind = _kind_of(wrong) or "bare"
    count = _whole(figures.amount_fen) if figures.donations is None else None
    of_what = _UNCHANGED.sub("", wrong)
    if count is not None and _COUNTS.search(of_what) and not _MONEY.search(of_what + right):
        return replace(figures, amount_fen=None, donations=count, kind=kind)
    return replace(figures, kind=kind)


def _taken_back(wrong: str) -> Figures | None:
    """The figure on the wrong side; None where it names none, or only the nought that was too many."""
    if not wrong:
        return None
    around = _AROUND_A_MISTAKE.sub(" ", _CODE.sub(" ", wrong))
    figures = read_figures(WORDS_OF_A_MISTAKE.sub(" ", around))
    return figures if isinstance(figures, Figures) and (figures.amount_fen or figures.donations) else None


def _whole(fen: int | None) -> int | None:
    return fen // 100 if fen is not None and fen % 100 == 0 else None


def _code(wrong: str, codes: Collection[str]) -> str | None:
    if said := _CODE.search(wrong):
        return (said[1] or said[2]).zfill(4)
    return next((code for code in codes if re.search(rf"(?<!\d){code}(?![\d.])", wrong)), None)


def _kind_of(text: str) -> Named | None:
    said = [kind for kind, words in _KINDS if words.search(text)]
    return said[0] if len(said) == 1 else None


def channel_of(text: str) -> Channel | None:
    """The one channel that a text names."""
    said = [channel for channel, words in _CHANNELS.items() if words.search(text)]
    return said[0] if len(said) == 1 else None


def _name(text: str) -> str:
    """A unit or a project as typed, without particles; empty where the words name nothing."""
    ended = without_ending(text, _PARTICLES_BEHIND, " ,。;!\n".__contains__)
    name = _PARTICLES.sub("", ended.lstrip(" ,。;!\n")).strip(" ,。;!")
    bare = squash(name)
    if not 2 <= len(bare) <= 30 or _SAYS_NOTHING.fullmatch(bare) or any(char.isdigit() for char in bare):
        return ""
    return name
