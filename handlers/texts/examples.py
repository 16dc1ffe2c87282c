"""What can be typed in a campaign, by example: of money, or of items where the campaign counts those."""

from typing import TypeGuard

from handlers.texts.figures import figures_said
from storage.campaign_extras import Task
from storage.campaign_schema import Campaign
from storage.models.teams import Channel


def report_of(amount_fen: int, donations: int | None, channel: Channel = "online") -> str:
    """The line with which a total is reported: `累计9,300.00元 126人次`."""
    return f"{'线下 ' if channel == 'offline' else ''}累计{figures_said(amount_fen, donations)}"


def increment_of(amount_fen: int, donations: int | None) -> str:
    """The line with which more is reported: `又200.00元`."""
    return f"又{figures_said(amount_fen, donations)}"


def both_channels(online_fen: int, offline_fen: int) -> str:
    """The line with which both totals are reported."""
    return f"线上{figures_said(online_fen, None)}，线下{figures_said(offline_fen, None)}"


def total_of_team(code: str, channel: Channel, amount_fen: int, donations: int | None) -> str:
    """The line with which a team's total is reported: `进度 0012 线下 累计5,000.00元`."""
    return f"进度 {_place(code, channel)} {report_of(amount_fen, donations)}"


def correction_of(code: str, channel: Channel, amount_fen: int | None, donations: int | None) -> str:
    """The line that puts a team's total right: `更正 0012 线下 3,000.00元`."""
    return f"更正 {_place(code, channel)} {figures_said(amount_fen, donations)}"


def _place(code: str, channel: Channel) -> str:
    return f"{code} 线下" if channel == "offline" else code


def report_example(campaign: Campaign | None = None) -> str:
    """How progress is typed: money and 人次, or a count where the campaign that is meant counts items."""
    return f"进度 {_count_example(campaign)}" if counts_items(campaign) else "进度 12345.67元 321人次"


def correction_example(campaign: Campaign | None) -> str:
    return f"更正 {_count_example(campaign)}" if counts_items(campaign) else "更正 12340元 321人次"


def rule_example(campaign: Campaign | None) -> str:
    """A question that the campaign answers; one of money has a time at which matching begins."""
    return (
        f"{campaign.rulebook[0].questions[0]}？" if counts_items(campaign) and campaign.rulebook else "几点开始配捐？"
    )


def counts_items(campaign: Campaign | None) -> TypeGuard[Campaign]:
    return campaign is not None and campaign.progress == "items"


def count_of(verb: str, region: str, task: Task) -> str:
    """The line with which a count of a task in a region is said: `进度 船山区 推出慈善项目 2个`; the 2 is an example."""
    return f"{verb} {region} {task.name} 2{task.unit}"


def _count_example(campaign: Campaign) -> str:
    """`船山区 推出慈善项目 2个`: the first task, in a region where it is asked for."""
    task = campaign.tasks[0]
    regions = [r for r in campaign.regions if not r.bucket and (not task.regions or r.id in task.regions)]
    return f"{regions[0].name if regions else campaign.area} {task.name} 2{task.unit}"
