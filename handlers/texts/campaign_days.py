"""What is said of the campaign's own days: the first, the last, its end, thanks, deadlines of tasks, the day's slogan.

Nothing here asks anybody to give, to forward or to follow, and no gap is named.
"""

from collections.abc import Sequence
from datetime import date, datetime, time

from handlers.texts.examples import report_example
from handlers.texts.figures import yuan
from handlers.texts.naming import day_name, hour_name, minute_name, team_name, whom_to_call
from handlers.texts.reminders import days_left
from storage.campaign_schema import Campaign
from storage.models.teams import Team
from storage.snapshots import Digest

TEAMS = 5
"""How many teams a sentence names."""


def first_day(campaign: Campaign, day: date, opens: time | None) -> str:
    """`opens`: the hour at which matching begins each day, None where the file names none."""
    hour = f"，{hour_name(opens)}开始配捐" if opens else ""
    return (
        f"【{campaign.short}】今天（{day_name(day)}）是第一天{hour}。\n"
        f"进度想报的时候报，例如“{report_example(campaign)}”；没有变化不用报。\n"
        f"规则直接问，例如“几点开始”；有事联系{whom_to_call(campaign)}。\n{_voluntary(campaign)}"
    )


def last_day(campaign: Campaign, end: datetime) -> str:
    return (
        f"【{campaign.short}】今天（{day_name(end)}）是最后一天，到{_end_of(end)}结束。\n"
        f"{_figures_until(campaign)}\n辛苦了。{_voluntary(campaign)}"
    )


def closing(campaign: Campaign, end: datetime) -> str:
    return (
        f"【{campaign.short}】活动已在{day_name(end)}{_end_of(end)}结束，谢谢大家。\n"
        f"{_figures_until(campaign)}\n有事联系{whom_to_call(campaign)}。"
    )


def thanks(campaign: Campaign, digest: Digest) -> str:
    figures = digest.figures
    done = (
        f"{figures.teams:,}支队伍、{figures.donations:,}人次，累计 {yuan(figures.amount_fen)}"
        if campaign.progress == "money"
        else f"{figures.teams:,}支队伍"
    )
    return (
        f"【{campaign.short}】谢谢每一位出过力的人：{done}（截至{minute_name(campaign.local(digest.cut_off))}，由各队上报）。\n"
        "多少不论，心意一样贵重。辛苦了。"
    )


def units_without_team(missing: int) -> str:
    """A coordinator's own line under a deadline: how many units of her roster have no team."""
    if not missing:
        return "您辖区名册上的单位都有队伍了。"
    return f"您辖区名册上有 {missing} 个单位还没有队伍，发“队伍 未组队”看名单。参加自愿，不参加不用说理由。"


def liaisons_teams(head: str, teams: Sequence[Team]) -> str:
    """To a unit's liaison: her unit's teams are registered, or wait for something."""
    lines = [f"{team_name(team)}：{_STANDS.get(team.status, '已登记')}" for team in teams[:TEAMS]]
    more = [f"等{len(teams)}支队伍"] if len(teams) > TEAMS else []
    return "\n".join([head, "您联系的单位：", *lines, *more, "已登记的不用再做什么。"])


_STANDS = {
    "active": "已登记",
    "unclaimed": "已登记，还没有队长认领",
    "pending": "等协调员审核",
    "rejected": "没有通过审核",
    "disabled": "已停用",
    "merged": "已合并到别的队伍",
}


def tasks_due(campaign: Campaign, end: date, day: date, rows: Sequence[str]) -> str:
    """`rows`: where the tasks of that deadline stand."""
    when = days_left(end, day)
    return "\n".join(
        [
            f"【{campaign.short}】有任务到{day_name(end)}为止，{when}：",
            *rows,
            f"有新的件数随时可报，例如“{report_example(campaign)}”。{_voluntary(campaign)}",
        ]
    )


def slogan(campaign: Campaign, said: str) -> str:
    return f"【{campaign.short}·每日标语】\n{said}"


def _end_of(end: datetime) -> str:
    """The end of a day is its 24点."""
    return "24点" if (end.hour, end.minute) == (23, 59) else f"{end:%H:%M}"


def _figures_until(campaign: Campaign) -> str:
    window = campaign.windows.reporting
    if window is None or window.end is None:
        return "进度以后还可以补报、更正，最终以平台数据为准。"
    return f"进度在{minute_name(campaign.local(window.end))}前还可以补报、更正。"


def _voluntary(campaign: Campaign) -> str:
    return f"{campaign.policy.voluntary}。"
