"""What stands before a numeral and behind it, and so what it counts: money, 人次, 配捐, a goal, a rank, a code."""

import re
from decimal import Decimal
from typing import Literal

from handlers.understand.doubt import DoubtfulError
from handlers.understand.lines import COUNT
from handlers.understand.numerals import DIGITS, MULTIPLIERS

Role = Literal["money", "count", "match", "code", "bare", "goal", "skip"]

_MONEY_NEXT = re.compile(rf"(?:捐款|善款|爱心款|款)?[: ]?[\d{DIGITS}]")
_VERBS = r"(?:已经?|又|也|就|有|是|在|得|筹|募|捐|收|款|集|到|了|个|为| |:)*"
_BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("negative", re.compile(rf"(?:负|减去?|(?<![多不])少|扣除?|退款?|减少){_VERBS}$|(?:^|[^\d])[-−–] ?$")),
    (
        "vague",
        re.compile(
            r"(?:大概|大约|约[莫摸]?|近|差不[多离]|接近|快|超过?|突破|不到|不足|不止|至少|起码|最少|应该|可能|估[计摸]着?|好像|似乎|满|破"
            r"|将近|大致|顶多|最多|撑死|怕[是有]|没准|少说|(?<![一二三四五六七八九十大中\d])小|好几|得有|保守|粗略|印象中?)"
            rf"{_VERBS}$"
        ),
    ),
    (
        "match",
        re.compile(
            r"(?:[不未没][含算计]|[不未]包[含括]|另外?[有获加]?|外加|除[开去]|扣除)?了?:?(?:[配佩]捐|匹配|配套|(?:腾讯|平台|公益|给我们?)配)(?:金额|资金|款"
            r"|额|部分)?(?:已经?|单独|另外|另|单算|到账|[了有是为得到达至: (])*$"
        ),
    ),
    ("goal", re.compile(r"(?:目标|任务|还差|相差|差|距离|还需|离)(?:金额|额)?[是为到了: ]*$")),
    ("rank", re.compile(r"(?:第|排名?|名次|位列|满分|版本|[A-Za-z])[是为到了: ]*$")),
    ("code", re.compile(r"(?:编号|代码|代号|队号)[是为: ]*$|# ?$")),
    ("count", re.compile(r"(?:人次|次数|笔数|人数|单数)(?:应?该?是|应?为|有|共|了|:| )*$")),
    ("money", re.compile(r"(?:金额|善款|款额|筹款额|总额|¥|rmb|人民币|现金)[是为有: ]*$", re.IGNORECASE)),
)
_LONGEST_LABEL = 60
"""So many characters before a numeral are looked at."""
VAGUE_AFTER = re.compile(
    r"(?:多(?![谢了少])|毛毛|出零|挂零|冒头|开外|不离|来(?!自)|余(?!额)|几|左右|上下|出头|不到|以上|以内|把|半|\+(?!\d)"
    r"| (?:左右|上下|出头|多元|多块))"
)
_YUAN = re.compile(r" ?(?:元|块|圆|塊|圓|rmb(?![a-z])|人民币)(?:人民币|钱|整|正)?", re.IGNORECASE)
MATCH_AFTER = re.compile(r" ?(?:的|是)?[配佩]捐(?!.{0,5}[\d一二两三四五六七八九十])")
SMALL = re.compile(r" ?(?:角|毛)钱?|分钱")
_COUNT_AFTER = re.compile(rf"([ \n,]?){COUNT}")
_REPORTS = re.compile(r"[报记]了?$")
"""`报一笔线下400元`: the report is one, not the gift."""
_HEAD_COUNT = re.compile(
    r"(?:群里?|单位|学校|全校|全[县市体员]|职工|教师|老师|学生|师生|员工|干部|会员|党员|团队|队伍|班级?|科室)"
    r"(?:里|内|现|总)?(?:一?共|有)*[: ]?$"
)


def label_before(stretch: str) -> tuple[str, str]:
    for label, pattern in _BEFORE:
        if hit := pattern.search(stretch[-_LONGEST_LABEL:]):
            return label, hit[0]
    return "", ""


def unit_after(line: str, end: int) -> tuple[Role, str]:
    """The unit behind a numeral. A detached 人次 may label the next figure: `金额 3200 人次 856`."""
    vague = VAGUE_AFTER.match(line, end)
    after = vague.end() if vague else end
    if yuan := _YUAN.match(line, after):
        return "money", line[end : yuan.end()]
    if small := SMALL.match(line, after):
        return "money", line[end : small.end()]
    if count := _COUNT_AFTER.match(line, after):
        labels_next = count[1] and re.match(
            rf"(?:数|:| )*(?:\d+|[{DIGITS}{MULTIPLIERS}]+)(?! ?[元块\d{MULTIPLIERS}])", line[count.end() :]
        )
        if count[1] == "" or (count[1] == " " and not labels_next):
            return "count", line[end : count.end()]
    if hit := MATCH_AFTER.match(line, after):
        return "match", line[end : hit.end()]
    return "bare", ""


def count_or_head_count(line: str, start: int, written: str, unit: str, value: Decimal, excerpt: str) -> Role:
    """A count of gifts. `再报一次` and `一笔500` count nothing; `全校120人` may count people who never gave."""
    if unit.strip() == "次" and value < 10:
        if written == "一":
            return "skip"
        raise DoubtfulError("unclear", excerpt)
    if unit.strip() == "笔" and written == "一" and _REPORTS.search(line[:start]):
        return "skip"
    if unit.strip() == "笔" and written == "一" and _MONEY_NEXT.match(line, start + len(written) + len(unit)):
        return "skip"
    if unit.strip() in ("人", "名", "位", "个人") and _HEAD_COUNT.search(line[:start]):
        raise DoubtfulError("unclear", excerpt)
    return "count"
