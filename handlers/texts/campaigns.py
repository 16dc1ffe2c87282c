"""Choosing and showing a campaign."""

from collections.abc import Sequence

from handlers.texts.naming import whom_to_call
from handlers.texts.wording import PRACTICE, echo, listed, numbered
from storage.campaign_schema import Campaign

_NOT_OPEN = "目前未在进行，仍可查规则和联系人"


def no_campaign() -> str:
    return "目前没有发布的活动，请稍后再来。"


def which_campaign(campaigns: Sequence[Campaign]) -> str:
    return f"您说的是哪个活动？请回复数字：\n{numbered([_named(campaign) for campaign in campaigns])}"


def campaign_line(campaign: Campaign, is_open: bool, current: bool) -> str:
    state = "进行中" if is_open else "已结束" if campaign.closed else "未在进行"
    return f"{_named(campaign)}（{state}{'，当前' if current else ''}）"


def _named(campaign: Campaign) -> str:
    return f"{PRACTICE if campaign.practice else ''}{campaign.name}"


def closed(campaign: Campaign) -> str:
    return (
        f"“{campaign.short}”已经结束，不能再登记、上报或更改；排行、战报、规则和联系人仍可查。"
        f"有问题请联系 {whom_to_call(campaign)}。"
    )


def frozen(campaign: Campaign, *, role: bool) -> str:
    """Figures are final. `role`: to somebody of an office, with the line that an organizer types."""
    if not role:
        return closed(campaign)
    line = "更正" if campaign.progress == "items" else "改定稿 0012 正确的累计 原因"
    return (
        f"“{campaign.short}”的数字已经定稿，不能再改。确实有误的由组织方改：发“{line}”。"
        f"有问题请联系 {whom_to_call(campaign)}。"
    )


def campaign_list(lines: Sequence[str], unheard: str) -> str:
    """The campaigns; `unheard` is what she said that names none of them."""
    head = f"没有找到活动“{echo(unheard, 20)}”。\n" if unheard else ""
    if len(lines) == 1:
        return f"{head}活动：{lines[0]}"
    return f"{head}回复数字切换活动：\n{numbered(lines)}"


def campaign_card(campaign: Campaign, is_open: bool) -> str:
    projects = listed([p.name for p in campaign.projects if p.parent is None])
    state = "正在进行" if is_open else "已经结束，仍可查排行、战报、规则和联系人" if campaign.closed else _NOT_OPEN
    return f"当前活动：{campaign.name}\n{state}。平台：{campaign.platform}\n项目：{projects}"
