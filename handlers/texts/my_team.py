"""A captain's own team, and how it is claimed."""

from collections.abc import Sequence

from handlers.texts.examples import report_example
from handlers.texts.figures import figures_said, yuan
from handlers.texts.naming import kept_until, place_in_full, team_name
from handlers.texts.reviews import own_line
from handlers.texts.wording import echo
from storage.boards import Place
from storage.campaign_schema import Campaign
from storage.matters import Review
from storage.models.teams import Team


def team_card(team: Team, campaign: Campaign, place: Place | None, today_fen: int, waiting: Sequence[Review]) -> str:
    """Code, totals, rank, gap to the next, what waits, and where the team stands to the claim threshold."""
    lines = [_team_head(team, campaign), f"累计：{figures_said(team.amount_fen, team.donations or None)}"]
    if team.offline.report:
        lines.append(f"其中线下：{yuan(team.offline.amount_fen)}")
    lines.append(f"今日：{yuan(today_fen)}")
    if place is not None:
        lines.append(f"排名：第{place.rank}名")
        if place.next_value is not None:
            lines.append(f"距前一名：{yuan(place.next_value - team.amount_fen)}")
    elif not team.reported:
        lines.append("还没有上报。")
    lines += [own_line(review) for review in waiting]
    lines += _threshold(team, campaign)
    lines += [f"挂钩村：{echo(team.village)}"] if team.village else []
    lines += [f"队伍链接：{team.link}"] if team.link else []
    return "\n".join(lines)


def teams_with_counts(campaign: Campaign, teams: Sequence[Team], rows: Sequence[str]) -> str:
    """Her teams where items are counted: what stands in their regions."""
    return "\n".join([*(_team_head(team, campaign) for team in teams), *rows])


def _team_head(team: Team, campaign: Campaign) -> str:
    project, region = campaign.project(team.project).name, place_in_full(campaign, campaign.region(team.region))
    return f"{team_name(team)}\n{project}｜{region}{_STATUS_NAMES[team.status]}"


_STATUS_NAMES = {
    "active": "",
    "unclaimed": "｜待认领",
    "pending": "｜待审核",
    "rejected": "｜未通过",
    "disabled": "｜已停用",
    "merged": "｜已合并",
}


def _threshold(team: Team, campaign: Campaign) -> list[str]:
    threshold = campaign.threshold_for(team.project)
    if threshold is None:
        return []
    line = f"{threshold.amount_fen // 100}元"
    measured = team.amount_of(threshold.channels)
    if threshold.reached(measured):
        return [f"已达{line}：{threshold.above}"]
    gap = threshold.amount_fen - measured
    return [f"距{line}线还有{yuan(gap)}（{threshold.below}；捐赠坚持自愿）"]


def how_to_claim() -> str:
    return "请带上协调员给您的认领码，例如：认领 K7Q2AB 李敏 13900000000"


def leads_it_already(team: Team) -> str:
    return f"您已经是 {team_name(team)} 的队长，不能再认领。认领码请转给要接手的人。"


def no_such_claim() -> str:
    return "认领码不对或已经用过，不能认领，请向协调员核对。格式：认领 认领码 姓名 电话"


def rest_of_teams(count: int) -> str:
    return f"另有{count}支队伍，查看请发送编号，例如：我的队伍 0012"


def claimed(team: Team, campaign: Campaign) -> str:
    project = campaign.project(team.project).name
    return (
        f"已登记 您是 {team_name(team)}·{project} 的队长。\n"
        f"报进度请说：{report_example(campaign)}\n{kept_until(campaign)}"
    )
