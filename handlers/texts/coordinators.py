"""A coordinator's regions, and the teams that wait for her."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.texts.figures import yuan
from handlers.texts.naming import team_name, whom_to_call
from handlers.texts.wording import SHORT_BYTES, echo, within
from storage.campaign_document import Region
from storage.campaign_schema import Campaign
from storage.models.people import Grant
from storage.models.teams import Team


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region as its coordinator sees it: teams, of which reported, totals in fen; its target, '' for none."""

    name: str
    teams: int
    reported: int
    amount_fen: int
    today_fen: int
    target: str = ""


def coordinators_only(campaign: Campaign) -> str:
    return f"这是协调员的功能，您现在不能使用。有事请找{whom_to_call(campaign)}；有邀请码请发送“绑定 邀请码”。"


def not_your_region(campaign: Campaign, region: Region, grants: Sequence[Grant]) -> str:
    hers = "、".join(campaign.region(grant.region).name for grant in grants if grant.region)
    return f"{region.name}不在您的辖区，不能查看。您的辖区：{hers}。"


def my_regions(campaign: Campaign, rows: Sequence[RegionRow], outermost: int, waiting: int, target: str = "") -> str:
    """`outermost`: how many of the rows, ahead of the others, lie in none of them. `target`: the campaign's, or ''."""
    lines = [f"“{campaign.short}”我的辖区"]
    lines += [
        f"{r.name}：{r.teams}队（已报{r.reported}），{yuan(r.amount_fen)}，今日{yuan(r.today_fen)}{f'，{r.target}' if r.target else ''}"
        for r in rows
        if r.teams or r.target or len(rows) == 1
    ]
    without = [r.name for r in rows if not (r.teams or r.target)]
    if without and len(rows) > 1:
        lines.append(f"没有队伍：{'、'.join(without)}")
    if outermost > 1:
        lines.append(
            f"合计：{sum(r.teams for r in rows[:outermost])}队，{yuan(sum(r.amount_fen for r in rows[:outermost]))}，"
            f"今日{yuan(sum(r.today_fen for r in rows[:outermost]))}"
        )
    if target:
        lines.append(f"全活动{target}")
    if waiting:
        lines.append(f"待审 {waiting} 队，发送“待审”查看。")
    return "\n".join(lines)


def waiting_list(lines: Sequence[str], total: int) -> str:
    if not lines:
        return "辖区内没有等待审核的队伍。"
    shown = within(lines, SHORT_BYTES)
    more = f"\n…共{total}队，先处理前面的" if len(shown) < total else ""
    listed = "\n".join(shown)
    return f"等待审核：\n{listed}{more}\n发送“通过 编号”或“驳回 编号 原因”。"


def no_code_said(lines: Sequence[str], total: int) -> str:
    return f"请带上队伍编号，例如“通过 0012”。\n{waiting_list(lines, total)}"


def not_waiting(said: str, last: str) -> str:
    """`last`: what became last of a team that does not wait any more, and by whom; else ''."""
    first = f"\n最近：{last}" if last else ""
    return f"辖区内没有等待审核的队伍“{echo(said)}”，不能通过或驳回。发送“待审”查看编号。{first}"


def led_disabled(codes: Sequence[str]) -> str:
    """Why a team waits although others are let in at once."""
    return f"队长的另一支队伍已停用：{'、'.join(f'#{code}' for code in codes)}"


def verdict(team: Team, reason: str) -> str:
    """What the captain of a waiting team is told."""
    if team.status == "active":
        return f"{team_name(team)} 已通过审核，可以报进度了。"
    because = f"原因：{echo(reason)}。" if reason else ""
    return f"{team_name(team)} 没有通过审核。{because}修改后可以重新组队。"


def decided(team: Team, reason: str) -> str:
    if team.status == "active":
        return f"已登记 {team_name(team)} 通过，已通知队长。如有误，发“撤销”退回。"
    because = f"，原因：{echo(reason)}" if reason else ""
    return f"已登记 {team_name(team)} 驳回{because}，已通知队长。如有误，发“撤销”退回。"
