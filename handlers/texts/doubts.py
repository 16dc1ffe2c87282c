"""Why a figure of money is shown before it is booked, a line for each doubt."""

from datetime import date

from handlers.language.text import clean
from handlers.texts.figures import figures_said, total_of, yuan
from handlers.texts.naming import team_name
from handlers.texts.wording import echo
from storage.models.reports import Report
from storage.models.teams import Team, Total

DOUBTFUL_FIGURES = {
    "malformed": "数字的写法有疑问",
    "headless": "数字的写法有疑问",
    "vague": "这是大概的数字",
    "negative": "数字是负的",
    "several": "有好几个数字，分不清哪个是总额",
    "several teams": "里有好几支队伍的编号",
    "two totals": "有两个不同的总额",
    "parts": "分项加起来和总额对不上",
    "only matched": "是配捐，以平台数据为准",
    "absurd": "数字大得不寻常",
    "rate": "这像是比例，不是金额",
    "day": "这说的是别的日子",
    "to come": "说的时间还没有到",
    "other": "听起来说的是别的队伍",
    "larger": "听起来不只是您的队伍",
    "part": "听起来只是您单位的一部分",
    "giver": "像是一个人的捐款；这里只记全队的数字，不记个人",
    "past": "听起来是以前的数字",
    "goal": "听起来是目标或打算，还没有筹到",
    "if": "听起来是假设，还没有筹到",
    "compared": "听起来是相差的数字",
    "out": "听起来是花出去或交出去的钱",
    "goods": "听起来是物资，不是捐款",
    "points": "听起来不是钱数",
    "price": "听起来是价钱或别的费用，不是捐款",
    "currency": "不是人民币",
    "people": "这是单位的人数，不是捐赠人次",
    "both": "是线上线下合在一起的数，请分开报",
    "rate of gifts": "这像是平均数",
    "question": "听起来是在问，不是在报",
    "quoted": "听起来是转述别人的话",
    "denied": "有“不”“没”一类的字，不能确定",
    "drill": "听起来是演练或示例",
    "rough": "这是大概的数字",
    "matched": "是配捐，以平台数据为准",
    "unclear": "不能确定您的意思",
}


def doubt_lower(present: Total, reached: Total) -> str:
    return f"比已记录的少：{total_of(present)} → {total_of(reached)}"


def doubt_jump(present: Total, reached: Total) -> str:
    if reached.amount_fen < 10 * present.amount_fen:
        return f"人次比已记录的多了十倍以上：{present.donations} → {reached.donations}，请核对"
    return (
        f"比已记录的多了十倍以上：{yuan(present.amount_fen)} → {yuan(reached.amount_fen)}，请核对是不是“万”和“元”弄混了"
    )


def doubt_minimum(reached: Total, minimum_fen: int) -> str:
    return f"{reached.donations}人次但只有{yuan(reached.amount_fen)}，低于每笔{yuan(minimum_fen)}"


def doubt_repeated(amount_fen: int | None, donations: int | None) -> str:
    return f"半小时内刚记过同样的新增 {figures_said(amount_fen, donations)}，可能是重复"


def doubt_other_unit(named: str, team: Team) -> str:
    return f"您说的是“{echo(named, 20)}”，您的队伍是 {team_name(team)}"


def doubt_below(line: str) -> str:
    """`line`: how she makes it the total nevertheless."""
    return f"比已有的总额少，按新增理解；要把总额改成它，请发送：{line}"


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


def doubt_midnight(opening: Total, reached: Total, present: Total) -> str:
    return (
        f"这是昨天24时的数字：昨天结束时由 {total_of(opening)} 改为 {total_of(reached)}，"
        f"现在的总额 {total_of(present)} 不变"
    )


_DOUBTS = {
    "turned": "“{words}”会不会说明这个数字不能记？",
    "unknown": "“{words}”没有看懂，怕理解错了",
    "strange": "“{words}”没有看懂，怕理解错了",
    "parted": "“{words}”中间有空格，按一个数理解",
    "surplus": "“{words}”会不会是报多了？报多了请说：多报了80元，下面按新增理解",
    "minimum added": "这次说的金额平均到每人次，低于平台每笔的最低额，请核对",
    "amended": "前面还没记录的数字换成了这个",
    "opinion": "不能确定这是要报进度",
    "several": "有好几个数字，按最后的总额理解",
    "two totals": "有两个不同的总额，按最后一个理解",
    "part inside": "其中的线下部分单独记，线上按总额减去它",
    "inside or apart": "线下的会不会已经在前面的数里？下面按另外的记",
    "matched inside": "配捐不计入，已从总额里减去",
    "bare": "没有说明是累计还是新增，按累计理解",
    "day or total": "“今天”和总额都说了，按累计总额理解",
    "increment or total": "“又”和总数都说了，按累计总额理解",
    "near the total": "和已有的总额差不多，会不会是累计？",
    "night": "刚过零点，这是昨天的还是今天的？下面按今天记；昨天的请发累计总额",
    "above midnight": "比现在的总额还多，按现在的累计理解",
    "both": "“{words}”是线上线下合在一起的数，这里两边分开记；下面全记在一边，要分开请这样说：线上 5000元，线下 2800元",
    "far apart": "“{words}”和总额对不上",
    "worked out": "“{words}”像是按人数算出来的，不是实际筹到的",
    "per gift": "平均每人次的金额比较大，请核对",
    "day": "“{words}”的数字一般已经在总额里了，再加会重复",
    "to come": "“{words}”还没有到，这是现在的数字吗？",
    "heads": "这是人数还是捐赠人次？下面按捐赠人次记",
    "compared": "“{words}”：这是相差的数字，按今天新增理解",
    "giver": "像是一个人的捐款；这里只记全队的数字",
}
_NOTES = {
    "goal": "目标或打算",
    "if": "假设",
    "compared": "相差的数字",
    "past": "以前的数字",
    "other": "别的队伍的数字",
    "rate": "平均数",
    "people": "单位的人数，不是捐赠人次",
    "matched": "配捐，以平台为准",
    "part": "单位里一部分人的数字",
    "person": "个人的捐款",
    "giver": "个人的捐款",
    "day": "别的日子的数字",
    "rough": "大概的数字",
    "points": "不是钱数",
}


def doubt(reason: str, words: str) -> str:
    """Why a figure is asked about, quoting the words of hers that give the reason."""
    if template := _DOUBTS.get(reason):
        return template.format(words=echo(words, 40))
    why = DOUBTFUL_FIGURES.get(reason, DOUBTFUL_FIGURES["unclear"])
    return f"“{echo(words, 40)}”{why}" if words else why


def note(reason: str, words: str) -> str:
    """What of a line was not recorded."""
    what = _NOTES.get(reason, "看不清是什么")
    return f"没有记录：“{echo(words, 30)}”（{what}）" if words else f"没有记录：{what}"
