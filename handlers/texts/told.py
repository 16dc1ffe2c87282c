"""What a captain is told of what an office, or another captain, did with her team."""

from handlers.texts.figures import CHANNEL_NAMES, figures_said, kind_name, total_of
from handlers.texts.naming import place_in_full, team_name, whom_to_call
from handlers.texts.undoing import ACTS
from handlers.texts.wording import echo
from storage.campaign_document import Project, Region
from storage.campaign_schema import Campaign
from storage.last_acts import Undoable
from storage.models.reports import Report
from storage.models.teams import ClaimAs, Team, Total


def village(office: str, team: Team, village: str) -> str:
    return _told(office, team, f"的挂钩村填为：{echo(village)}")


def link(office: str, team: Team, link: str) -> str:
    return _told(office, team, f"的转发链接填为：{link}")


def code(office: str, team: Team, claim_as: ClaimAs) -> str:
    if claim_as == "successor":
        return _told(office, team, "准备移交给新队长；新队长认领之前，您照常上报")
    return _told(office, team, "发了新的认领码，可以多一位队长")


def renamed(office: str, team: Team, unit: str) -> str:
    return _told(office, team, f"改了名称：{echo(team.unit)} → {echo(unit)}")


def moved(office: str, campaign: Campaign, team: Team, region: Region, reason: str) -> str:
    return _told(
        office,
        team,
        f"改了所属县区：{place_in_full(campaign, campaign.region(team.region))} → {place_in_full(campaign, region)}",
        reason,
    )


def reassigned(office: str, campaign: Campaign, team: Team, project: Project, reason: str) -> str:
    return _told(office, team, f"改了项目：{campaign.project(team.project).name} → {project.name}", reason)


def disabled(office: str, team: Team, reason: str, campaign: Campaign) -> str:
    what = f"停用了，暂不能上报，已报的数字都保留。有疑问请联系{whom_to_call(campaign)}"
    return _told(office, team, what, reason)


def enabled(office: str, team: Team) -> str:
    return _told(office, team, "启用了，可以照常上报")


def booked(office: str, team: Team, report: Report, before: Total, retracted: bool) -> str:
    """What somebody of an office wrote for a team, and how its captain says otherwise."""
    stood, reached = total_of(before), figures_said(report.amount_fen, report.donations or None)
    kind = kind_name(report.kind, report.channel)
    what = (
        f"撤回了您的队伍 {team_name(team)} 的一次上报：{kind} {reached}，{CHANNEL_NAMES[report.channel]}累计现在是"
        f"{total_of(team.total(report.channel))}"
        if retracted
        else f"为您的队伍 {team_name(team)} 记了{kind}：{stood} → {reached}"
    )
    return f"{office}{what}。与您的数字不符的话，发“更正 {team.code} 正确的累计”即可。"


def undone(office: str, team: Team, act: Undoable) -> str:
    return _told(office, team, f"的{ACTS[act.kind]}撤销了，恢复到之前的样子")


def succeeded(team: Team) -> str:
    """What a captain is told when her successor has taken the team over."""
    return f"您的队伍 {team_name(team)} 已由新队长接任，辛苦了。以前的上报都保留。"


def _told(office: str, team: Team, what: str, reason: str = "") -> str:
    because = f"原因：{echo(reason)}。" if reason else ""
    return f"{office or '队长'}把您的队伍 {team_name(team)} {what}。{because}"
