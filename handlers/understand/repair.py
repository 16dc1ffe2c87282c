"""Figures that stand beside the one that is reported: one taken back in the same breath, one only compared with.

`累计 12000，不对，是12800` reports 12800, and is asked about; `去年才8千，今年累计10350元` reports 10350.
"""

import re

from handlers.understand.kinds import INCREMENT, TOTAL
from handlers.understand.lines import COUNT
from handlers.understand.numerals import DIGITS, MULTIPLIERS, NUMERAL

_MARK = (
    r"(?:[哦啊呃哎诶额嗯呸]+[,、 ]*)?我?(?:不对不对|不对|(?:不是|不)(?=[,。! ])|(?:[说打写输报按发念]|搞|弄)?错了|口误)"
)
_SLIP = re.compile(
    rf"(?<![\d{DIGITS}{MULTIPLIERS}])(?>{NUMERAL}) ?(?:[元块]钱?|{COUNT})?[,。!、;…~ ]++{_MARK}"
    r"[,、。!…~ ]*+(?:应?该[,、 ]*+)?(?:[是为][,、 ]*+)?"
    rf"(?=(?:累计|今天|今日|新增|总共|一共|合计)?[是有 ]*{NUMERAL})",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"不是|[刚前原]|上[一条个次]|那[条笔个次]|昨|报的|发的|更正|改|多[打报]|少[打报]")
"""Words of something said earlier: what follows them corrects another message."""
_ASIDE = re.compile(
    rf"(?:比[^,。;\n\d]{{1,8}}(?:多|增[加长]?|涨|高)[了出]{{0,2}}|(?:早上|上午|中午|下午|之前|先前|昨[天日晚]|刚才|前面|原先)?(?:已经?|就)?报[过了]的?是?)"
    rf" ?(?>{NUMERAL}) ?[元块]?[的了]?[,。;\s]+(?:了|的)?",
    re.IGNORECASE,
)
"""`比昨天多了800，累计5800`, `早上报过3000，又筹了400`: a figure that is told beside the one that is reported."""
_CLAUSE = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|[。;!\n]")
_ANOTHER_YEAR = re.compile(r"去年|前年|往年|上一?[届年]|头年|旧年")
_NUMERAL = re.compile(NUMERAL, re.IGNORECASE)
_NOW = ((re.compile(r"今年|现在|目前|今天|截[至止]"), TOTAL, _NUMERAL), (re.compile(r"累[计积]"), _NUMERAL))
"""What stands in a clause, one behind the other, that tells how much it is now."""
_COMPARES = re.compile(r"比|[多少][了出]|翻|增长|超|倍|同期|还差|一样")


def without_slip(line: str) -> str:
    """The line without the figure that is taken back in it; 不对 stays in its place, so that nobody overlooks it."""
    slip = _SLIP.search(line)
    if slip is None or _BEFORE.search(line[: slip.start()]):
        return line
    return f"{line[: slip.start()]} 不对 {line[slip.end() :]}"


def puts_itself_right(line: str) -> bool:
    return without_slip(line) != line


def without_asides(line: str) -> str:
    """The line without the figure it only compares with, where another one is plainly a total or an increment."""
    bare = _ASIDE.sub("", _without_other_years(line))
    said = TOTAL.search(bare) or INCREMENT.search(bare)
    return bare if said and bare != line and _NUMERAL.search(bare) else line


def _without_other_years(line: str) -> str:
    """The line without the clauses that tell last year's figures, where another clause says how much it is now."""
    clauses = _CLAUSE.split(line)
    of_now = [clause for clause in clauses if _tells_of_now(clause) and not _ANOTHER_YEAR.search(clause)]
    past = [clause for clause in clauses if _ANOTHER_YEAR.search(clause) and not _tells_of_now(clause)]
    if len(of_now) != 1 or not past or _COMPARES.search(of_now[0]):
        return line
    return ",".join(clause for clause in clauses if clause not in past)


def _tells_of_now(clause: str) -> bool:
    return any(_stand_in_order(clause, words) for words in _NOW)


def _stand_in_order(clause: str, words: tuple[re.Pattern[str], ...]) -> bool:
    at = 0
    for word in words:
        found = word.search(clause, at)
        if found is None:
            return False
        at = found.end()
    return True
