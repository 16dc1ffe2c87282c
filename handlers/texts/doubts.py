"""Why a figure of money is shown before it is booked, a line for each doubt."""

from datetime import date

from handlers.texts.figures import figures_said, total_of, yuan
from handlers.texts.naming import team_name
from handlers.texts.wording import echo
from handlers.understand.text import clean
from storage.models import Report, Team, Total


def doubt_lower(present: Total, reached: Total) -> str:
    return f"比已记录的少：{total_of(present)} → {total_of(reached)}"


def doubt_jump(present: Total, reached: Total) -> str:
    return (
        f"比已记录的多了十倍以上：{yuan(present.amount_fen)} → {yuan(reached.amount_fen)}，请核对是不是“万”和“元”弄混了"
    )


def doubt_minimum(reached: Total, minimum_fen: int) -> str:
    return f"{reached.donations}人次但只有{yuan(reached.amount_fen)}，低于每笔{yuan(minimum_fen)}"


def doubt_repeated(amount_fen: int | None, donations: int | None) -> str:
    return f"半小时内刚记过同样的新增 {figures_said(amount_fen, donations)}，可能是重复"


def doubt_other_unit(named: str, team: Team) -> str:
    return f"您说的是“{echo(named, 20)}”，您的队伍是 {team_name(team)}"


def doubt_one_gift() -> str:
    return "这像是一个人的捐款；这里只记全队的数字，请确定要计入全队，而且没有报过"


def doubt_step(present: Total, reached: Total) -> str:
    return f"按在已记录的数字上加减理解：{total_of(present)} → {total_of(reached)}"


def doubt_strange(words: str, said: str) -> str:
    """The words as she said them; where they stood apart, all that she said: nobody knows the rest of a sentence again."""
    together = clean(words, 20) in clean(said, 2000)
    return f"“{echo(words if together else said, 20)}”没有看懂，怕理解错了"


def doubt_other_day(day: date) -> str:
    return f"“今天”现在是 {day.month}月{day.day}日：只有这一天筹到的才这样记，前一天的请说累计总额"


def doubt_moved(team: Team) -> str:
    return f"记录刚刚有变化，现在是线上 {total_of(team.online)}，线下 {total_of(team.offline)}"


def doubt_far_off(newest: Report, reached: Total) -> str:
    return f"{yuan(newest.amount_fen)} → {yuan(reached.amount_fen)}，相差十倍以上"


def doubt_below_previous(newest: Report, reached: Total) -> str:
    earlier = yuan(newest.previous_amount_fen)
    return f"比这次上报之前的 {earlier} 还少：{yuan(newest.amount_fen)} → {yuan(reached.amount_fen)}"
