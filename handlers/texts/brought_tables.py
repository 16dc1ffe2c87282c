"""Tables that are brought to the console: what each row would do, why one is not taken, how far it is."""

from typing import TYPE_CHECKING

from handlers.texts.figures import figures_said
from handlers.texts.naming import minute_name, team_name
from handlers.texts.platform import older_pages
from handlers.texts.wording import echo
from storage.campaign_schema import Campaign
from storage.strays import Moved

if TYPE_CHECKING:
    from handlers.imports.roster import Line as RosterLine
    from handlers.imports.wholes import Line as PlatformLine


def roster_row(campaign: Campaign, line: "RosterLine") -> str:
    return f"第{line.row}行 {echo(line.unit)}（{campaign.region(line.change.after.unit.region).name}）"


_ROSTER_FIELDS = {
    "unit": "名称",
    "short": "简称",
    "project": "预计项目",
    "leader": "分管领导",
    "liaison": "联络员",
    "incidents": "舆情专人",
}


def roster_change(campaign: Campaign, line: "RosterLine") -> str:
    told = [f"{_ROSTER_FIELDS[name]}：{was or '没有'} → {now or '没有'}" for name, (was, now) in line.changes.items()]
    return f"{roster_row(campaign, line)} {'；'.join(told)}"


def roster_alike(campaign: Campaign, line: "RosterLine") -> str:
    return f"{roster_row(campaign, line)} 像 {'、'.join(line.like)}"


def roster_liaison(campaign: Campaign, line: "RosterLine") -> str:
    return f"{roster_row(campaign, line)} {echo(line.change.after.people.liaison.name)}"


def platform_row(campaign: Campaign, line: "PlatformLine") -> str:
    """What the platform says of a team, from what it said before, and what of that is not in the table."""
    said = figures_said(line.figures.amount_fen, line.figures.donations)
    before = f"{figures_said(line.before.amount_fen, line.before.donations)} → " if line.before else ""
    older = older_pages(campaign, line.figures)
    return f"第{line.row}行 {team_name(line.team)} {before}{said}{f'（{older}）' if older else ''}"


def stray_row(campaign: Campaign, move: Moved) -> str:
    """A row that is nobody's, as it waits from then on, or waits no more."""
    stray = move.stray
    if move.gone:
        return f"{echo(stray.name or stray.page)}：不再列在“待办”"
    as_of = minute_name(campaign.local(stray.as_of))
    return f"{echo(stray.name or stray.page)} {figures_said(stray.amount_fen, stray.donations)}（截至{as_of}）"


def refused_row(row: int, unit: str, reason: str) -> str:
    return f"第{row}行 {echo(unit)}：{reason}"


def table_not_here() -> str:
    return "文件不在这台机器上，没有导入。请系统管理员让网页和后台进程共用数据目录，再传一次。"


def table_of_the_frozen() -> str:
    return "活动已经定稿，平台的数字不能再导入；确实有误的由组织方逐支改定稿。"


def table_moved() -> str:
    return "写入时有人同时在改，没有写完。已写的不会重复，请再点一次“写入”。"


def kept_moved() -> str:
    return "您看过以后，名册、队伍或平台的数字有变动，有的行现在会写成别的，所以没有写。请再看一遍，再点“写入”。"


def table_not_hers() -> str:
    return "您现在不是全活动的组织方，没有导入。"


def no_file() -> str:
    return "还没有选文件。请选一个 .xlsx 或 .csv。"


def file_too_large(megabytes: int) -> str:
    return f"文件最多{megabytes}MB，请分开再传。"


def is_read() -> str:
    return "已收到，正在读。读完先给您看，您点了才写入。"


def is_written() -> str:
    return "好的，正在写入。"


def nothing_to_write() -> str:
    return "这份表格现在不能写入，请重新上传。"
