"""A 接龙: what each line would write, what was written, why a line was not."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.texts.dialogues import left
from handlers.texts.figures import CHANNEL_NAMES, KIND_NAMES, total_of, yuan
from handlers.texts.naming import team_name
from handlers.texts.teams import NOT_A_UNIT
from handlers.texts.wording import CONFIRM, echo
from handlers.writes import Enters, Figure, Tally
from storage.campaign_schema import Campaign
from storage.models.teams import Channel, Team, Total
from storage.reports import Booked


def how_to_chain() -> str:
    return (
        "接龙可以整段粘贴过来，一行一个单位，例如：\n1. 第一中学 3200元 45人次\n2. 第二小学 1800元\n"
        "能写入的行先列给您看，您同意了才记录。\n协调员要把最新数字贴到群里，发“接龙 县区名称”。"
    )


MOST_LINES = 1_000
"""Lines of a list are numbered below this; the second figure of line n is numbered n and so much."""


@dataclass(frozen=True, slots=True)
class ChainLine:
    """A line of a 接龙 as it is shown. `write` is what would be written; `why` says why nothing is.

    `done`: it was written; `unchanged`: there was nothing new in it.
    """

    place: int
    name: str
    said: str = ""
    why: str = ""
    write: Figure | Tally | Enters | None = None
    done: bool = False
    unchanged: bool = False


LINE_SAME = "和已记录的一样，不用再记"
LINE_ENTERED = "已经登记过，不用再登记"
LINE_NO_NAME = "没有看到单位名称"
LINE_NO_FIGURE = "没有看到金额或人次"
LINE_BEYOND = "要等协调员核实，请单独上报这一支"
LINE_UNCLEAR = "看不出是累计还是今天的数，请写上“累计”或“今天”"
LINE_NO_REGION = "没写县区"
LINE_NO_PROJECT = "没写项目"
LINE_NOT_YOURS = "不是您的队伍，也不在您的辖区内，不能代写"
LINE_NOT_YOUR_REGION = "不在您的辖区内，不能代为登记"
LINE_COORDINATORS_ONLY = "不能代为登记，请队长自己发“组队 单位名称 县区 项目”，或由协调员粘贴"
LINE_INCREMENT = "是新增的数，接龙里不能记新增（重复粘贴会重复计），请写累计或今天的数"
LINE_CHANGED = "刚刚有变化，这一行没有记录，请单独再发一次"
_CHAIN_KINDS = {"progress": "报进度", "counts": "报件数", "registration": "登记"}


def chain_head(campaign: Campaign, kind: str, lines: Sequence[ChainLine], unread: Sequence[str], cut: int) -> str:
    """How many lines would be written, and what became of the others."""
    places = {line.place % MOST_LINES for line in lines}
    writes = len({line.place % MOST_LINES for line in lines if line.write is not None})
    same = sum(line.unchanged for line in lines)
    other = len(places) - writes - same
    parts = [f"“{campaign.short}”{_CHAIN_KINDS[kind]}接龙共{len(places)}行：可以写入{writes}行"]
    parts += [f"没有变化{same}行"] if same else []
    parts += [f"不能写入{other}行（原因见下）"] if other else []
    parts += [f"另有{len(unread)}行没有编号，没有读取"] if unread else []
    parts += [f"太长，后面{cut}行没有读取，请分两次发"] if cut else []
    return "，".join(parts) + ("。还没有写入：" if writes else "。没有写入任何数字：")


def chain_line(line: ChainLine) -> str:
    return f"第{line.place % MOST_LINES}行 {line.name}：{line.why or line.said}"


def chain_written(results: Sequence[ChainLine], written: int, waiting: int) -> str:
    failed = sum(not line.done for line in results)
    head = f"已记录 {written}行" + (f"，{failed}行没有写入" if failed else "")
    return f"{head}，还有{waiting}行没来得及写，请继续：" if waiting else f"{head}："


def not_put_right(place: int) -> str:
    """To other figures for a line of the list that waits, where that line or its figure is not to be found."""
    return (
        f"第{place}行没有改，名单还没有写入：没有这一行，或者看不出改的是哪个数。请把名单改好再整段贴一次，或{CONFIRM}"
    )


def chain_left(some_written: bool) -> str:
    return "好的，已写入的行保留，其余的没有写入。" if some_written else left()


def line_said(kind: str, channel: Channel, present: Total, reached: Total, notes: Sequence[str]) -> str:
    """From X to Y, and what of the line is not recorded."""
    figures = f"{total_of(present)} → {total_of(reached)}（{CHANNEL_NAMES[channel]}，{KIND_NAMES[kind]}）"
    return "；".join((figures, *notes))


def line_booked(done: Booked) -> str:
    now = done.after.total(done.report.channel)
    return f"已记录 {yuan(done.before.amount_fen)} → {yuan(now.amount_fen)}"


def entry_said(region: str, project: str, captain: str) -> str:
    return "，".join(part for part in (region, project, f"队长{echo(captain, 8)}" if captain else "") if part)


def line_entered(team: Team) -> str:
    return f"已登记 #{team.code}，认领码 {team.claim_code}"


def line_taken(code: str) -> str:
    return f"已经登记过（#{code}），不用再登记"


def line_told_later(place: int) -> str:
    return f"第{place}行是更新的数，以那一行为准"


def line_again(place: int) -> str:
    return f"和第{place}行是同一支队伍，请只留一行"


def line_contradicts(place: int) -> str:
    return f"和第{place}行是同一支队伍，两行对不上，请只留对的一行"


def line_ambiguous(codes: Sequence[str]) -> str:
    return f"有几支同名队伍，请在行里写编号：{'、'.join(f'#{code}' for code in codes[:5])}"


def line_alike(unit: str) -> str:
    return f"和已登记的“{echo(unit, 20)}”可能是同一个单位，请单独发“组队”"


def line_unknown_unit(name: str, meant: Team | None) -> str:
    if meant is not None:
        return f"没有找到“{echo(name, 20)}”，是不是 {team_name(meant)}？请在行里写编号"
    return f"没有找到“{echo(name, 20)}”的队伍，请写编号或先组队"


def line_left(said: str) -> str:
    """Words beside the unit that nothing explains."""
    return f"“{echo(said, 20)}”没有看懂，请单独发“组队”"


def line_no_unit(reason: str) -> str:
    return NOT_A_UNIT.get(reason, "这不像单位名称")


def line_stands_out(amount_fen: int) -> str:
    return f"{yuan(amount_fen)}和其他各行相差很大，请核对是不是“万”和“元”弄混了，单独再发一次"


def shown(typed: str) -> str:
    return echo(typed, 30)
