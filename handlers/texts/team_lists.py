"""The teams of a coordinator's region, page by page."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.texts.figures import yuan
from handlers.texts.naming import day_name, minute_name, team_line
from handlers.texts.wording import echo
from storage.campaign_schema import Campaign
from storage.models.teams import Team

LISTS = {
    "listed": "队伍",
    "silent": "今天还没有消息的队伍",
    "unclaimed": "待认领的队伍",
    "short": "未达标的队伍",
    "disabled": "已停用的队伍",
    "unteamed": "名册里还没有组队的单位",
}
"""What each list is of."""
_NONE = {
    "listed": "还没有队伍。",
    "silent": "今天都有消息了，辛苦了。",
    "unclaimed": "没有等待认领的队伍。",
    "short": "没有未达标的队伍（没有设门槛的项目不算）。",
    "disabled": "没有停用的队伍。",
    "unteamed": "名册里的单位都有队伍了，辛苦了。",
}
_TAILS = {
    "listed": "发编号看详情，例如 0012；也可发“队伍 未报”“队伍 待认领”“队伍 未达标”。",
    "silent": "没有新增也可以报“今天没有新增”；请他们报一声发“催报”，要联系队长发“电话 编号”。请勿催捐，捐赠坚持自愿。",
    "unclaimed": "请把认领码转告队长，发送“认领 认领码”。",
    "short": "发编号看详情。捐赠坚持自愿，达标与否都可以。",
    "disabled": "发编号看详情。",
    "unteamed": "要替单位登记请发“组队 单位名称”，再把认领码交给队长。参加与否由单位自愿。",
}


_WORDS = ("未报", "未组队", "待认领", "未达标", "停用")
"""What may stand behind 队伍 for one of these lists."""


def list_head(campaign: Campaign, which: str, regions: Sequence[str], of: int, now: datetime) -> str:
    """`regions`: the ids of the places that the list is of, '' for all."""
    where = "、".join(campaign.region(region).name for region in regions if region) or campaign.short
    return f"【{where}·{LISTS[which]}】共{of}{_measure(which)}，截至{minute_name(campaign.local(now))}"


def _measure(which: str) -> str:
    return "家" if which == "unteamed" else "支"


def list_of_teams(head: str, lines: Sequence[str], end: int, of: int, which: str) -> str:
    if not lines:
        return f"{head}\n{_NONE[which]}"
    more = [f"已看到第{end}{_measure(which)}，发“更多”看后面的"] if end < of else []
    return "\n".join([head, *lines, *more, _TAILS[which]])


def team_row(campaign: Campaign, team: Team, today: date) -> str:
    """`#0012 永善县人民医院·人道暖昭通 12,345.67元，5月6日有消息`"""
    line = team_line(team, campaign.project(team.project).name)
    if campaign.progress != "items":
        line += f" {yuan(team.amount_fen)}"
    if team.status == "unclaimed":
        line += f"，认领码 {team.claim_code}"
    heard = team.heard or campaign.local(team.registered_at).date()
    return f"{line}，{'今天' if heard == today else day_name(heard)}有消息"


def no_such_list(said: str) -> str:
    """`said`: the state or measure that she named."""
    return (
        f"没有按“{echo(said, 20)}”列的名单。能列的有：{'、'.join(f'队伍 {word}' for word in _WORDS)}；"
        "从多到少看金额发“排行”，要全部数字发“表格”。捐赠坚持自愿，达标与否都可以。"
    )


def silence_is_not_listed() -> str:
    return "本次活动不列出没有消息的队伍，不能查看。发“队伍”看辖区的全部队伍。"
