"""Two teams that are one: what 合并 would come to, what it came to, why it cannot be, and where an old code leads."""

from collections.abc import Callable

from handlers.texts.figures import CHANNEL_NAMES, figures_said, total_of
from handlers.texts.naming import team_name, whom_to_call
from handlers.texts.wording import CONFIRM, echo
from storage.campaign_schema import Campaign
from storage.matters import Difference
from storage.models.teams import Channel, Team


def ask(campaign: Campaign, source: Team, target: Team, after: Team) -> str:
    """What comes together where nothing was reported by both."""
    return f"{both(campaign, source, target)}\n合并后累计：{total(after)}\n要合并吗？{CONFIRM}"


def ask_pages(campaign: Campaign, source: Team, target: Team, newer: Team, added: Team) -> str:
    """The totals side by side, and what each answer makes of them."""
    return (
        f"{both(campaign, source, target)}\n两队的数字来自：\n"
        f"1. 同一个捐赠页面：以较新的数字为准，合并后累计 {total(newer)}\n"
        f"2. 两个捐赠页面：两队相加，合并后累计 {total(added)}\n请回复数字；不合并请说“算了”。"
    )


def both(campaign: Campaign, source: Team, target: Team) -> str:
    """Which goes on as which, and what stands for each."""
    lines = [f"{team_name(source)} 并入 {team_name(target)}，以后用 #{target.code}："]
    for team in (source, target):
        region = f"（{campaign.region(team.region).name}）" if source.region != target.region else ""
        lines.append(f"#{team.code} {echo(team.unit)}{region}：{_by_channel(team)}")
    if source.held:
        numbers = "、".join(source.held)
        lines.append(f"#{source.code} 有等核实的 {numbers}，还没有计入，合并后不能再通过：请先通过或退回，再合并。")
    return "\n".join(lines)


def _by_channel(team: Team) -> str:
    channels: tuple[Channel, ...] = ("online", "offline")
    said = [f"{CHANNEL_NAMES[each]}{total_of(team.total(each))}" for each in channels if team.total(each).report]
    return "，".join(said) or "还没有上报"


def total(team: Team) -> str:
    return figures_said(team.amount_fen, team.donations or None)


def merged(source: Team, after: Team) -> str:
    told = "已通知队长。" if after.captains else ""
    return (
        f"已合并 {team_name(source)} → {team_name(after)}\n合并后累计：{total(after)}\n"
        f"原来的上报都保留，发 #{source.code} 会转到 #{after.code}。{told}如有误，发“撤销”退回。"
    )


def differences_joined(closed: Difference, waits: Difference | None) -> str:
    """What became of a matter about the team that is gone; `waits`: the one about the team that goes on."""
    of_both = f"仍不一致，在“待办”里是 {waits.number}" if waits else "没有相差"
    return f"\n与平台的差别 {closed.number} 随合并了结，两队合起来与平台{of_both}。"


def told_merged(office: str, source: Team, after: Team) -> str:
    return (
        f"{office or '队长'}把您的队伍 {team_name(source)} 并入了 {team_name(after)}，合并后累计 {total(after)}。"
        f"您现在是 #{after.code} 的队长，以后请用这个编号；以前的上报都保留。与您的数字不符的话，"
        f"发“更正 {after.code} 正确的累计”即可。"
    )


def told_goes_on(office: str, source: Team, target: Team, after: Team) -> str:
    return (
        f"{office or '队长'}把 {team_name(source)} 并入了您的队伍 {team_name(target)}，累计 {total(target)} → "
        f"{total(after)}，现有{len(after.captains)}位队长。与您的数字不符的话，发“更正 {after.code} 正确的累计”即可。"
    )


def may_be_one(team: Team, other: Team) -> str:
    return f"与 {team_name(other)} 名称相近；如是同一支队伍，请发“合并 {team.code} {other.code}”"


def redirected(old: Team, team: Team) -> str:
    """Said above whatever answers a code that another has taken the place of."""
    return f"#{old.code} {echo(old.unit)}已并入 {team_name(team)}，以后请用 #{team.code}。"


def use_the_other(old: Team) -> str:
    return f"{team_name(old)} 已并入 #{old.into}，不能再操作，请改用 #{old.into}。"


def how_to() -> str:
    return "请带上两支队伍的编号，例如：合并 0012 0034（0012 并入 0034，以后用 0034）。编号可发“队伍”查看。"


def the_same(team: Team) -> str:
    return f"两个编号都是 {team_name(team)}，不能与自己合并。请核对编号，或发“队伍”查看。"


def cannot_be_merged(team: Team) -> str:
    """Why a team neither goes on as another nor another as it, and what helps."""
    return _WHY_NOT[team.status](team)


_WHY_NOT: dict[str, Callable[[Team], str]] = {
    "pending": lambda team: f"{team_name(team)} 还在待审，别的队伍不能并入，请先发“通过 {team.code}”，或把它放在前面。",
    "rejected": lambda team: f"{team_name(team)} 没有通过审核，不能合并。可请队长重新组队。",
    "disabled": lambda team: f"{team_name(team)} 已停用，不能合并。要合并请先发“启用 {team.code}”。",
    "merged": use_the_other,
}


def projects_differ(campaign: Campaign, source: Team, target: Team) -> str:
    project = campaign.project(target.project).name
    return (
        f"两队的项目不同（{campaign.project(source.project).name}、{project}），不能合并。"
        f"是同一支队伍的话，请先发“改项目 {source.code} {project}”。"
    )


def too_many_captains(source: Team, target: Team, most: int) -> str:
    return f"合并后队长会超过{most}位，不能合并。请先发“换队长 {source.code}”或“换队长 {target.code}”，由一位队长接任后再合并。"


def code_of_merged(team: Team, campaign: Campaign) -> str:
    """To whoever sends the claim code of a team that goes on as another."""
    return (
        f"{team_name(team)} 已并入 #{team.into}，这个认领码不能再用。要当队长，请向协调员要 #{team.into} 的认领码"
        f"（{whom_to_call(campaign)}）。"
    )


def code_of_disabled(team: Team, campaign: Campaign) -> str:
    """To whoever sends the claim code of a team that is off the lists."""
    return (
        f"{team_name(team)} 已停用，现在不能认领。认领码没有作废，启用后还能用；有疑问请联系 {whom_to_call(campaign)}。"
    )


def not_a_report(team: Team) -> str:
    """Why the total of a merger is not taken back or moved."""
    return (
        f"{team_name(team)} 现在的累计是合并得来的，不是一次上报，不能撤回或改记。"
        f"数字不对请发“更正 {team.code} 正确的累计”；合并有误，请协调员发“撤销”。"
    )
