"""The threshold coach: what a captain hears near the claim threshold and past it. No gap, and nothing to be done."""

from handlers.texts.naming import team_name
from storage.campaign_document import Threshold
from storage.campaign_schema import Campaign
from storage.models.teams import Team


def near(campaign: Campaign, team: Team, threshold: Threshold) -> str:
    return (
        f"【{campaign.short}】{team_name(team)} 快到{_line(threshold)}了，辛苦了。\n"
        f"到线的：{threshold.above}；不到线的：{threshold.below}。两样都很好，不用为这条线去劝谁。{_voluntary(campaign)}"
    )


def reached(campaign: Campaign, team: Team, threshold: Threshold) -> str:
    ask = (
        f"\n愿意的话，告诉我们挂钩的村或社区：发“挂钩村 {team.code} 王家村”；还没定，以后再说也行。"
        if names_villages(threshold)
        else ""
    )
    return (
        f"【{campaign.short}】{team_name(team)} 已到{_line(threshold)}，谢谢大家的心意。\n{threshold.above}。{ask}\n"
        f"后面捐不捐都由各人自己定。{_voluntary(campaign)}"
    )


def names_villages(threshold: Threshold) -> bool:
    """Whether the document has the money of those who are past the line used in the village they are linked with."""
    return "挂钩" in threshold.above


def _line(threshold: Threshold) -> str:
    return f"{threshold.amount_fen // 100}元线"


def _voluntary(campaign: Campaign) -> str:
    return f"{campaign.policy.voluntary}。"
