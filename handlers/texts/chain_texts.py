"""The present figures of a place as a 接龙. It is read again by `handlers.understand.chain`: no line but teams' has figures."""

from collections.abc import Sequence
from datetime import datetime, time

from handlers.texts.figures import total_of
from handlers.texts.naming import day_name, minute_name, place_in_full
from handlers.texts.wording import echo, listed
from storage.campaign_document import Region
from storage.campaign_schema import Campaign
from storage.models.teams import Team


def head(campaign: Campaign, region: str, now: datetime, *, goes_on: bool) -> str:
    """The lines above the first; `goes_on`: another message follows."""
    where = place_in_full(campaign, campaign.region(region)) if region else campaign.area
    more = "\n（后面还有，发“更多”接着看，贴的时候可删去这一行）" if goes_on else ""
    return f"#接龙\n{echo(where)}各队累计，截至{_cut_off(campaign.local(now))}，捐赠坚持自愿{more}"


def _cut_off(at: datetime) -> str:
    """The minute; midnight by a word, for a figure of 00:00 is one of the day that ended."""
    return f"{day_name(at)}凌晨" if at.time().replace(second=0, microsecond=0) == time() else minute_name(at)


def line(campaign: Campaign, number: int, team: Team, by_name: bool) -> str:
    """`1. 永善县人民医院 88.01元 17人次`; `by_name`: the name tells the team, else project and code stand beside."""
    beside = "" if by_name else f" {campaign.project(team.project).name} #{team.code}"
    return f"{number}. {echo(team.unit)}{beside} {_figures(team)}"


def _figures(team: Team) -> str:
    """Channels are parted where gifts came in without the platform, so that each is read as what it is."""
    if not team.offline.amount_fen:
        return total_of(team.online)
    offline = f"线下{total_of(team.offline)}"
    return f"线上{total_of(team.online)}，{offline}" if team.online.amount_fen else offline


def which_region(regions: Sequence[Region]) -> str:
    return f"您负责几个地方，请说哪一个，例如“接龙 {echo(regions[0].name)}”：{listed([r.name for r in regions])}。"


def nothing_yet(campaign: Campaign, region: str) -> str:
    where = place_in_full(campaign, campaign.region(region)) if region else campaign.area
    return f"{echo(where)}还没有可以公布的数字，没有接龙可发。辖区的情况发“队伍”查看。"


def not_public() -> str:
    return "本次活动不公布各队的数字，不能生成贴到群里的接龙。可以转发“战报”；辖区的情况您自己发“队伍”查看。"


def counts_items(campaign: Campaign) -> str:
    return f"“{campaign.short}”按任务计件，没有筹款数字可接龙。各地的件数发“我的辖区”查看。"
