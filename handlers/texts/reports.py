"""Progress in money: asked for, booked with its echo, or not booked and why."""

from collections.abc import Sequence

from handlers.texts.doubts import doubt_other_unit
from handlers.texts.figures import CHANNEL_NAMES, kind_name, total_of, yuan
from handlers.texts.naming import headed, minute_name, team_name, whom_to_call
from handlers.texts.wording import CONFIRM, echo, numbered
from storage.campaign_schema import Campaign
from storage.models import Team, Total
from storage.reports import Booked


def how_to_report() -> str:
    return (
        "请说金额，有人次也请带上，例如：\n"
        "进度 12345.67元 321人次（累计）\n今天新增2000（今日累计）\n又筹了500（新增）\n线下 5000（线下收到的）"
    )


def match_not_reported() -> str:
    return "配捐以平台数据为准，不能在这里上报，也没有记录。请只报捐款，例如：进度 12345.67元 321人次"


DOUBTFUL_FIGURES = {
    "malformed": "数字的写法有疑问",
    "headless": "数字的写法有疑问",
    "vague": "这是大概的数字",
    "negative": "数字是负的",
    "several": "有好几个数字，分不清哪个是总额",
    "absurd": "数字大得不寻常",
    "rate": "这像是比例，不是金额",
    "other day": "这说的是别的日子",
    "unclear": "不能确定您的意思",
}


def doubtful_figure(reason: str, excerpt: str) -> str:
    why = DOUBTFUL_FIGURES.get(reason, DOUBTFUL_FIGURES["unclear"])
    return f"“{echo(excerpt)}”{why}，没有记录。请发送准确的数字，例如：进度 12345.67元 321人次"


def ask_kind(said: str, team: Team, present: Total) -> str:
    choices = numbered([f"累计共 {said}", f"今天一共 {said}", f"在原有基础上新增 {said}"])
    return f"{team_name(team)} 目前记录 {total_of(present)}。{said} 指的是？请回复数字：\n{choices}"


def other_unit_not_booked(named: str, team: Team) -> str:
    return (
        f"{doubt_other_unit(named, team)}，没有记录。\n"
        "是您的队伍请说“累计”或“又筹了”和金额；别的队伍请带上它的编号，例如：进度 0012 3.2万 856"
    )


def ask_doubts(team: Team, kind: str, reached: Total, doubts: Sequence[str]) -> str:
    listed = "\n".join(f"· {doubt}" for doubt in doubts)
    return f"还没有记录，请核对 {team_name(team)}：\n{listed}\n按“{kind}”理解，将记为 {total_of(reached)}。\n{CONFIRM}"


def booked(done: Booked, campaign: Campaign, several: bool) -> str:
    return headed(campaign, several, f"已记录 {understood(done, campaign)}")


def understood(done: Booked, campaign: Campaign) -> str:
    """What was understood, from X to Y, and the rank."""
    team, report = done.after, done.report
    now = team.total(report.channel)
    lines = [
        f"{team_name(team)}·{campaign.project(team.project).name}",
        f"方式：{kind_name(report.kind, report.channel)}",
        f"{CHANNEL_NAMES[report.channel]}金额：{yuan(done.before.amount_fen)} → {yuan(now.amount_fen)}",
    ]
    if report.as_of:
        lines.append(f"截至：{minute_name(campaign.local(report.as_of))}")
    if done.before.donations or now.donations:
        lines.append(f"人次：{done.before.donations} → {now.donations}")
    if team.offline.report and team.online.report:
        lines.append(f"线上线下合计：{yuan(team.amount_fen)}")
    if done.rank and campaign.ranking.mode != "off":
        lines.append(f"排名：第{done.rank}名")
    return "\n".join(lines)


def nothing_reported(team: Team) -> str:
    return f"{team_name(team)} 还没有可以更正或撤回的记录。报进度请说“进度 12345.67元 321人次”。"


def reporting_closed(campaign: Campaign) -> str:
    return f"“{campaign.short}”现在不在上报时间内，不能记录。有问题请联系 {whom_to_call(campaign)}。"


def team_still_waits(team: Team) -> str:
    return f"{team_name(team)} 还在等协调员通过，通过后才能报进度，现在不能记录。"


def team_rejected(team: Team) -> str:
    return f"{team_name(team)} 没有通过审核，不能报进度。"
