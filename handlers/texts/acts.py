"""Acts on a team: what was done, what its captain is told, why it was not done and what helps instead."""

from handlers.texts.figures import CHANNEL_NAMES, figures_said, kind_name, total_of
from handlers.texts.naming import place_in_full, team_name, whom_to_call
from handlers.texts.teams import NOT_A_UNIT
from handlers.texts.wording import CONFIRM, echo
from storage.campaign_document import Project, Region
from storage.campaign_schema import Campaign
from storage.last_acts import Undoable
from storage.models.reports import Report
from storage.models.teams import ClaimAs, Team, Total

_ACTS = {
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
_UNDO = "如有误，发“撤销”退回。"


def _captain_told(team: Team) -> str:
    return "已通知队长。" if team.captains else ""


def renamed(before: Team, after: Team) -> str:
    return f"已改名 {team_name(after)}\n原名：{echo(before.unit)}\n{_captain_told(after)}{_UNDO}"


def renamed_by_captain(before: Team, after: Team) -> str:
    return f"已改名 {team_name(after)}\n原名：{echo(before.unit)}"


def moved(campaign: Campaign, before: Team, after: Team) -> str:
    places = " → ".join(place_in_full(campaign, campaign.region(team.region)) for team in (before, after))
    return f"已移区 {team_name(after)}\n{places}\n金额随队伍走。{_captain_told(after)}{_UNDO}"


def reassigned(campaign: Campaign, before: Team, after: Team) -> str:
    projects = f"{campaign.project(before.project).name} → {campaign.project(after.project).name}"
    return f"已改项目 {team_name(after)}\n{projects}\n金额随队伍走。{_captain_told(after)}{_UNDO}"


def disabled(team: Team) -> str:
    figures = figures_said(team.amount_fen, team.donations or None)
    return (
        f"已停用 {team_name(team)}\n不再出现在名单、排行和合计里（{figures}已从合计中减去），也不能再上报。"
        f"{_captain_told(team)}\n恢复请发“启用 {team.code}”，或发“撤销”。"
    )


def enabled(team: Team) -> str:
    figures = figures_said(team.amount_fen, team.donations or None)
    return f"已启用 {team_name(team)}\n回到名单、排行和合计（{figures}）。{_captain_told(team)}{_UNDO}"


def code_made(team: Team, office: str) -> str:
    """The code, and the line to forward to whoever is to use it. `office`: '' for a captain, to whom 撤销 is 撤回."""
    then = {
        "captain": "使用后成为这支队伍的队长。",
        "successor": "使用后由新队长接任，在那之前原队长照常上报。",
        "another": "使用后与现有队长一起管理这支队伍。",
    }[team.claim_as]
    return (
        f"{team_name(team)} 的认领码：{team.claim_code}\n{then}请只转给本人，发来下面这一行：\n"
        f"认领 {team.claim_code} 姓名 电话\n以前发过的认领码作废。{_UNDO if office else ''}"
    )


def village_kept(team: Team) -> str:
    return f"已登记 {team_name(team)} 的挂钩村：{echo(team.village)}\n在“我的队伍”里看；填错了再发一次就好。"


def link_kept(team: Team) -> str:
    return f"已登记 {team_name(team)} 的链接：{team.link}\n以后发“二维码”或“链接”就给出这一条；换了再发一次。"


def told_village(office: str, team: Team, village: str) -> str:
    return _told(office, team, f"的挂钩村填为：{echo(village)}")


def told_link(office: str, team: Team, link: str) -> str:
    return _told(office, team, f"的转发链接填为：{link}")


def no_villages_here(team: Team, campaign: Campaign) -> str:
    return f"“{campaign.short}”的文件没有要 {team_name(team)} 的项目填挂钩村，不能登记，也不用填。"


def no_village(team: Team, said: str) -> str:
    shown = f"“{echo(said, 20)}”不像村或社区的名称，不能登记。" if said else "没有写村名，不能登记。"
    return f"{shown}请发全称，例如：挂钩村 {team.code} 王家村"


def no_platform_known(campaign: Campaign) -> str:
    return f"“{campaign.short}”没有写明平台的网址，不能登记链接。捐款的链接请发“二维码”。"


def no_link_of_platform(campaign: Campaign) -> str:
    domains = "、".join(f"https://{domain}" for domain in campaign.platform_domains)
    return f"只收{campaign.platform}页面的链接（{domains} 开头），这一条不能登记。请在平台打开您的队伍，复制链接再发。"


def told_code(office: str, team: Team, claim_as: ClaimAs) -> str:
    if claim_as == "successor":
        return _told(office, team, "准备移交给新队长；新队长认领之前，您照常上报")
    return _told(office, team, "发了新的认领码，可以多一位队长")


def succeeded(team: Team) -> str:
    """What a captain is told when her successor has taken the team over."""
    return f"您的队伍 {team_name(team)} 已由新队长接任，辛苦了。以前的上报都保留。"


def captains_enough(team: Team, most: int) -> str:
    return f"{team_name(team)} 已有{most}位队长，不能再加。要换人请发“移交 {team.code}”。"


def off_the_lists(team: Team, campaign: Campaign) -> str:
    if team.status == "pending":
        return f"{team_name(team)} 还在待审，暂不能操作，通过以后再来。"
    if team.status == "disabled":
        return (
            f"{team_name(team)} 已停用，不在名单上，不能操作；已有的记录都保留。"
            f"有疑问请联系{whom_to_call(campaign)}；协调员可发“启用 {team.code}”恢复。"
        )
    return f"{team_name(team)} 不在名单上，不能操作。请联系{whom_to_call(campaign)}。"


def ask_undo(team: Team, act: Undoable, campaign: Campaign) -> str:
    return f"您最近一次操作：{_ACTS[act.kind]} {team_name(team)}\n{_back_to(act, campaign)}\n要撤销吗？{CONFIRM}"


def undone(team: Team, act: Undoable) -> str:
    return f"已撤销 {_ACTS[act.kind]} {team_name(team)}，恢复到操作之前。{_captain_told(team)}"


def nothing_to_undo() -> str:
    return "48小时内没有可以撤销的操作。要撤回自己上报的数字，请发“撤回”；要撤回某队的，发“撤回 编号”。"


def either_undo_or_retract(code: str) -> str:
    return f"要撤回 #{code} 最近一次上报，请发“撤回 {code}”；要撤销您对队伍的最近一次操作，请只发“撤销”。"


def report_said(report: Report) -> str:
    return f"{kind_name(report.kind, report.channel)}，报后累计 {figures_said(report.amount_fen, report.donations or None)}"


def what_was_done(team: Team, act: Undoable) -> str:
    return f"{_ACTS[act.kind]} {team_name(team)}"


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
        f"{team_name(team)} 在您{_ACTS[act.kind]}之后又有了新的变动，不能直接撤销。"
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


def told_renamed(office: str, team: Team, unit: str) -> str:
    return _told(office, team, f"改了名称：{echo(team.unit)} → {echo(unit)}")


def told_moved(office: str, campaign: Campaign, team: Team, region: Region, reason: str) -> str:
    return _told(
        office,
        team,
        f"改了所属县区：{place_in_full(campaign, campaign.region(team.region))} → {place_in_full(campaign, region)}",
        reason,
    )


def told_reassigned(office: str, campaign: Campaign, team: Team, project: Project, reason: str) -> str:
    return _told(office, team, f"改了项目：{campaign.project(team.project).name} → {project.name}", reason)


def told_disabled(office: str, team: Team, reason: str, campaign: Campaign) -> str:
    what = f"停用了，暂不能上报，已报的数字都保留。有疑问请联系{whom_to_call(campaign)}"
    return _told(office, team, what, reason)


def told_enabled(office: str, team: Team) -> str:
    return _told(office, team, "启用了，可以照常上报")


def told_booked(office: str, team: Team, report: Report, before: Total, retracted: bool) -> str:
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


def told_undone(office: str, team: Team, act: Undoable) -> str:
    return _told(office, team, f"的{_ACTS[act.kind]}撤销了，恢复到之前的样子")


def _told(office: str, team: Team, what: str, reason: str = "") -> str:
    because = f"原因：{echo(reason)}。" if reason else ""
    return f"{office or '队长'}把您的队伍 {team_name(team)} {what}。{because}"


def lines_to_type() -> str:
    """To a coordinator who says in a sentence that something of a team is to be changed."""
    return (
        "改队伍请照着发（换成您要的编号）：\n改名 0012 新名称\n移区 0012 县区\n改项目 0012 项目\n换队长 0012\n"
        "合并 0012 0034\n停用 0012 原因\n做错了可以发“撤销”。"
    )


def how_to(word: str, example: str) -> str:
    return f"请带上队伍编号，例如：{word} {example}。编号可发“队伍”查看。"


def no_such_team(said: str) -> str:
    return f"没有“{echo(said, 20)}”这支队伍，不能操作。请核对编号，或发“队伍”查看。"


def several_of_unit(said: str, codes: str) -> str:
    return f"“{echo(said, 20)}”有几支队伍，请用编号：{codes}"


def no_name(said: str, reason: str, campaign: Campaign) -> str:
    rule = campaign.registration.team_name_rule
    return f"{NOT_A_UNIT.get(reason, '这不像单位名称')}，不能改成“{echo(said)}”。请发单位全称{f'（{rule}）' if rule else ''}。"


def no_region(said: str, names: str) -> str:
    return f"没有找到县区“{echo(said, 20)}”，不能移区。可以是：{names}"


def no_project(said: str, names: str) -> str:
    return f"没有找到项目“{echo(said, 20)}”，不能改项目。可以是：{names}"


def not_into_your_region(region: Region, campaign: Campaign) -> str:
    return f"{region.name}不在您的辖区，不能移过去。请上级协调员操作，或联系{whom_to_call(campaign)}。"


def not_yours_to_change(team: Team, campaign: Campaign) -> str:
    return f"{team_name(team)} 不在您的辖区，不能操作。请所在县区的协调员办理，或联系{whom_to_call(campaign)}。"


def captains_may_not(word: str, campaign: Campaign) -> str:
    return f"“{word}”由协调员办理，您现在不能操作，请联系{whom_to_call(campaign)}。"


def name_is_held(holder: Team) -> str:
    return f"同一项目里已有 {team_name(holder)}，不能重名。请核对是不是同一个单位。"


def changed_meanwhile(team: Team, last: str) -> str:
    """`last`: what became of the team last, and by whom: who was first."""
    return f"{team_name(team)} 刚刚有变动，这次没有改成。最近：{last}\n请发“明细 {team.code}”看看再操作。"


def is_so_already(team: Team, last: str) -> str:
    return f"{team_name(team)} 已经是这样，不用再改。最近：{last}"


def cannot_be_disabled(team: Team) -> str:
    if team.status == "pending":
        return f"{team_name(team)} 还在待审，不能停用，可发“驳回 {team.code} 原因”。"
    return f"{team_name(team)} 不在名单上，不能再停用。"


def is_not_disabled(team: Team) -> str:
    return f"{team_name(team)} 没有停用，不能启用，可以照常上报。"
