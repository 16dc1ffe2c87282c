"""Undoing: what was done last, what undoing it leads back to, and what helps where it cannot be undone."""

from handlers.texts.acts import captain_told
from handlers.texts.figures import CHANNEL_NAMES, figures_said, kind_name
from handlers.texts.naming import team_name
from handlers.texts.wording import CONFIRM, echo
from storage.campaign_schema import Campaign
from storage.last_acts import Undoable
from storage.models.reports import Report
from storage.models.teams import Team

ACTS = {
    "team.renamed": "改名",
    "team.moved": "移区",
    "team.reassigned": "改项目",
    "team.disabled": "停用",
    "team.enabled": "启用",
    "team.claimable": "发认领码",
    "passed": "通过",
    "returned": "退回",
    "adopted": "采用平台",
    "kept": "保留上报",
    "figure.changed": "改定稿",
    "team.active": "通过",
    "team.rejected": "驳回",
    "team.merged": "合并",
    "team.described": "改队伍资料",
}


def ask_undo(team: Team, act: Undoable, campaign: Campaign) -> str:
    return f"您最近一次操作：{ACTS[act.kind]} {team_name(team)}\n{_back_to(act, campaign)}\n要撤销吗？{CONFIRM}"


def undone(team: Team, act: Undoable) -> str:
    return f"已撤销 {ACTS[act.kind]} {team_name(team)}，恢复到操作之前。{captain_told(team)}"


def nothing_to_undo() -> str:
    return (
        "48小时内没有可以撤销的操作。只有最近一次能撤销；更早的请直接改回，例如：启用 0012、改名 0012 原来的名称。"
        "要撤回自己上报的数字，请发“撤回”；要撤回某队的，发“撤回 编号”。"
    )


def either_undo_or_retract(code: str) -> str:
    return f"要撤回 #{code} 最近一次上报，请发“撤回 {code}”；要撤销您对队伍的最近一次操作，请只发“撤销”。"


def report_said(report: Report) -> str:
    return f"{kind_name(report.kind, report.channel)}，报后累计 {figures_said(report.amount_fen, report.donations or None)}"


def what_was_done(team: Team, act: Undoable) -> str:
    return f"{ACTS[act.kind]} {team_name(team)}"


def own_report(report: Report) -> str:
    return f"撤回自己队伍最近一次上报：{report_said(report)}"


def report_of_another(team: Team, report: Report) -> str:
    return f"撤回您替 {team_name(team)} 记的：{report_said(report)}"


def retract_of_another(team: Team, report: Report) -> str:
    """The only thing that she did lately is a figure of another's team: the line that takes it back."""
    line = f"撤回 {team.code} {CHANNEL_NAMES[report.channel]}"
    return f"您最近替 {team_name(team)} 记的是：{report_said(report)}。要撤回请发“{line}”，会通知队长。"


def undo_or_retract(undo: str, retract: str) -> str:
    return f"您最近有两件事，请回复数字：\n1. 撤销操作：{undo}\n2. {retract}"


def built_upon(team: Team, act: Undoable, campaign: Campaign) -> str:
    return (
        f"{team_name(team)} 在您{ACTS[act.kind]}之后又有了新的变动，不能直接撤销。"
        f"请发“明细 {team.code}”看看，再发{_lines_to_type(act, campaign)}。"
    )


def _lines_to_type(act: Undoable, campaign: Campaign) -> str:
    before = act.before
    match act.kind:
        case "team.renamed":
            return f"“改名 {act.code} {echo(before['unit'])}”"
        case "team.moved":
            return f"“移区 {act.code} {campaign.region(before['region']).name}”"
        case "team.reassigned":
            return f"“改项目 {act.code} {campaign.project(before['project']).name}”"
        case "team.disabled":
            return f"“启用 {act.code}”"
        case "team.claimable":
            return f"“认领码 {act.code}”"
        case "passed":
            return f"“撤回 {act.code}”，或“更正 {act.code} 正确的累计”"
        case "returned":
            return f"“进度 {act.code} 正确的累计”"
        case "adopted" | "kept":
            return f"“更正 {act.code} 正确的累计”"
        case "figure.changed":
            return f"“改定稿 {act.code} 正确的累计 原因”"
        case "team.merged":
            return f"“更正 {act.code} 正确的累计”；并入的单位要分开，请重新组队"
        case "team.rejected":
            return "“待审”，看有没有重新登记的"
        case "team.described":
            return f"“挂钩村 {act.code} 村名”或“链接 {act.code} 网址”"
        case _:
            return f"“停用 {act.code} 原因”"


def _back_to(act: Undoable, campaign: Campaign) -> str:
    before = act.before
    match act.kind:
        case "team.renamed":
            return f"撤销后名称改回：{echo(before['unit'])}"
        case "team.moved":
            return f"撤销后移回：{campaign.region(before['region']).name}"
        case "team.reassigned":
            return f"撤销后改回项目：{campaign.project(before['project']).name}"
        case "team.disabled":
            return "撤销后回到名单、排行和合计"
        case "team.claimable":
            return "撤销后这个认领码作废"
        case "passed":
            return f"撤销后不再计入，{before['matter']} 回到待办"
        case "returned":
            return f"撤销后 {before['matter']} 回到待办"
        case "adopted":
            return f"撤销后线上累计恢复为上报的数字，{before['matter']} 回到待办"
        case "kept":
            return f"撤销后 {before['matter']} 回到待办"
        case "figure.changed":
            return "撤销后恢复为之前的定稿数字"
        case "team.merged":
            return "撤销后两支队伍分开，各自恢复合并之前的数字和队长"
        case "team.active" | "team.rejected":
            return "撤销后回到待审"
        case "team.described":
            return f"撤销后改回：{'、'.join(filter(None, before.values())) or '没有填'}"
        case _:
            return "撤销后不再出现在名单、排行和合计里"
