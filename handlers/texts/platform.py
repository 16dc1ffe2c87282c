"""What the platform says of a team, beside what was reported."""

from handlers.texts.figures import figures_said, yuan
from handlers.texts.naming import minute_name
from storage.campaign_schema import Campaign
from storage.platform import Confirmed, Seen

_DECIDED = {
    "open": "请核对",
    "adopted": "已按平台更正",
    "kept": "协调员保留了上报",
    "settled": "之后已经一致",
    "merged": "已随队伍合并",
}
"""What became of a difference."""


def platform_line(campaign: Campaign, seen: Seen) -> str:
    """`平台已核定：12,345.67元 321人次（截至5月8日21:00），与当时的上报一致`"""
    as_of = minute_name(campaign.local(seen.as_of))
    if seen.confirmed is None:
        return f"平台{as_of}的数据里没有这支队伍（只在上报），线上以您的上报为准，有疑问请告诉协调员。"
    told = figures_said(seen.confirmed.amount_fen, seen.confirmed.donations)
    matched = "" if seen.confirmed.matched_fen is None else f"，另有配捐{yuan(seen.confirmed.matched_fen)}"
    older = older_pages(campaign, seen.confirmed)
    as_of += f"，{older}" if older else ""
    return f"平台已核定：{told}（截至{as_of}）{matched}，{_beside(seen, seen.confirmed)}"


def older_pages(campaign: Campaign, confirmed: Confirmed) -> str:
    """What of the figures is of donation pages that the newest table did not name; '' for nothing."""
    if not confirmed.older:
        return ""
    fen, since = sum(page.amount_fen for page in confirmed.older), min(page.as_of for page in confirmed.older)
    return f"其中{len(confirmed.older)}个页面这次没有数据，仍按{minute_name(campaign.local(since))}的{yuan(fen)}计"


def _beside(seen: Seen, confirmed: Confirmed) -> str:
    if confirmed.reported_fen is None:
        return "当时还没有线上上报（只在平台）"
    if seen.agreement == "agrees":
        return "与当时的上报一致"
    apart = yuan(abs(confirmed.amount_fen - confirmed.reported_fen))
    return f"当时上报{yuan(confirmed.reported_fen)}，相差{apart}，{_DECIDED[seen.difference.state if seen.difference else 'open']}"
