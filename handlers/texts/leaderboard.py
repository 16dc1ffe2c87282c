"""Rankings, a team's own place, and what a campaign does not publish."""

from datetime import datetime

from handlers.texts.figures import yuan
from handlers.texts.naming import minute_name, region_word
from handlers.texts.wording import echo
from storage.boards import Place
from storage.campaign_schema import Campaign
from storage.models.teams import Metric, Team

METRIC_NAMES: dict[Metric, str] = {
    "amount": "筹款",
    "donations": "人次",
    "today": "今日新增",
    "yesterday": "昨日新增",
}


def regions_ranking(campaign: Campaign) -> str:
    return f"{region_word(campaign)}排行"


def place_line(rank: int, name: str, value: int, metric: Metric) -> str:
    return f"第{rank}名 {echo(name, 24)} {metric_value(value, metric)}"


def region_line(name: str, value: int) -> str:
    return f"{name} {yuan(value)}"


def metric_value(value: int, metric: Metric) -> str:
    return f"{value:,}人次" if metric == "donations" else yuan(value)


def standings_head(campaign: Campaign, place: str, what: str, metric: Metric, now: datetime) -> str:
    where = f"{place}·" if place else ""
    return f"【{where}{what}·{METRIC_NAMES[metric]}】截至{minute_name(campaign.local(now))}\n{campaign.short}"


def standings_more(shown: int, size: int) -> str:
    return f"共{size}名，已看到第{shown}位，发“更多”看后面的"


def standings_top_only(top: int, place: str) -> str:
    """`place`: the region or project whose ranking it is, '' for all."""
    return f"本次活动只公布全部队伍的前{top}名，{place}的其他队伍不公布" if place else f"本次活动只公布前{top}名"


def equals(count: int, of: str) -> list[str]:
    """The line about those that are level with the last one shown, if there are any."""
    return [f"并列还有{count}{of}"] if count else []


def standings_empty() -> str:
    return "还没有上报的数字"


def standings_off() -> str:
    return "本次活动不公布排行，不能查看名次。发“战报”看总体情况，发“我的队伍”看本队数字。"


def standings_own_only() -> str:
    return "本次活动不公布排行，不能查看别队的名次；队长可以看到本队的，这里没有您的队伍。发“战报”看总体情况。"


def team_place(team: Team, project: str, place: Place, where: str = "") -> str:
    rank = f"{where}第{place.rank}名（共{place.of}支）"
    return f"{echo(team.unit, 24)}·{project}：{rank}，{yuan(team.amount_fen)}"


def own_place(team: Team, project: str, place: Place | None) -> str:
    if place is None:
        return f"您的队伍 {echo(team.unit, 24)}·{project}：还没有上报数字"
    return f"您的队伍 {team_place(team, project, place)}"


def nobody_of_that_name(campaign: Campaign, name: str) -> str:
    """Neither a region nor a project, nor a unit that the ranking shows: which of them is not told."""
    place = next((region.name for region in campaign.regions), "")
    project = next((project.name for project in campaign.projects), "")
    examples = "、".join(f"“排行 {example}”" for example in (place, project) if example)
    return (
        f"没有叫“{echo(name, 20)}”的{region_word(campaign)}或项目，公布的排行里也没有这个单位。"
        f"可以说{examples}；自己的队伍发“我的队伍”。"
    )


def too_small(count: int, least: int) -> str:
    return f"另有{count}支队伍不到{least}人次，按规定不单独列出（合计中已计入）"


def nothing_more() -> str:
    return "后面没有更多内容了。发“排行”从头看。"
