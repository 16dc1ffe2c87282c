"""Acts on a team: what was done, why it was not done and what helps instead."""

from handlers.texts.figures import figures_said
from handlers.texts.naming import place_in_full, team_name, whom_to_call
from handlers.texts.teams import NOT_A_UNIT
from handlers.texts.wording import echo
from storage.campaign_document import Region
from storage.campaign_schema import Campaign
from storage.models.teams import Team

_UNDO = "如有误，发“撤销”退回。"


def captain_told(team: Team) -> str:
    return "已通知队长。" if team.captains else ""


def renamed(before: Team, after: Team) -> str:
    return f"已改名 {team_name(after)}\n原名：{echo(before.unit)}\n{captain_told(after)}{_UNDO}"


def renamed_by_captain(before: Team, after: Team) -> str:
    return f"已改名 {team_name(after)}\n原名：{echo(before.unit)}"


def moved(campaign: Campaign, before: Team, after: Team) -> str:
    places = " → ".join(place_in_full(campaign, campaign.region(team.region)) for team in (before, after))
    return f"已移区 {team_name(after)}\n{places}\n金额随队伍走。{captain_told(after)}{_UNDO}"


def reassigned(campaign: Campaign, before: Team, after: Team) -> str:
    projects = f"{campaign.project(before.project).name} → {campaign.project(after.project).name}"
    return f"已改项目 {team_name(after)}\n{projects}\n金额随队伍走。{captain_told(after)}{_UNDO}"


def disabled(team: Team) -> str:
    figures = figures_said(team.amount_fen, team.donations or None)
    return (
        f"已停用 {team_name(team)}\n不再出现在名单、排行和合计里（{figures}已从合计中减去），也不能再上报。"
        f"{captain_told(team)}\n恢复请发“启用 {team.code}”，或发“撤销”。"
    )


def enabled(team: Team) -> str:
    figures = figures_said(team.amount_fen, team.donations or None)
    return f"已启用 {team_name(team)}\n回到名单、排行和合计（{figures}）。{captain_told(team)}{_UNDO}"


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
