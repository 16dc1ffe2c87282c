"""The public board and the hall's screen: how what is ranked is called, and what stands beneath the figures."""

from handlers.texts.bulletin import bulletin_of_items, figures_are
from handlers.texts.naming import region_word
from storage.campaign_schema import Campaign

SCOPE_NAMES = {"team": "队伍", "unit": "单位", "project": "项目"}


def scope_name(campaign: Campaign, scope: str) -> str:
    return region_word(campaign) if scope == "region" else SCOPE_NAMES[scope]


def notes(campaign: Campaign) -> tuple[str, str]:
    """That giving is voluntary, and what the figures are."""
    if campaign.progress == "items":
        voluntary, counts = bulletin_of_items(campaign).splitlines()
        return voluntary, counts
    return f"捐赠自愿：{campaign.policy.voluntary}。", figures_are(campaign)


def only_first(campaign: Campaign) -> str:
    """'' where every place is public."""
    return f"本次活动只公布前{campaign.ranking.top}名" if campaign.ranking.top else ""


def too_many_searches(seconds: int) -> str:
    return f"查得太快了，请{seconds}秒后再试。"
