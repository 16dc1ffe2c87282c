"""The person herself: subscribing, binding a role, leaving."""

from collections.abc import Sequence

from handlers.texts.naming import how_to_have_it_again, region_word, team_name, whom_to_call
from handlers.texts.wording import CONFIRM, echo
from storage.campaign_schema import Campaign
from storage.models import Team

NAMED = 3
"""How many teams a sentence names."""


def subscribed(campaign: Campaign) -> str:
    return f"已登记 订阅“{campaign.short}”战报，每次发布时发给您。不想收可回复“退订”。"


def unsubscribed(campaign: Campaign) -> str:
    return f"已登记 退订“{campaign.short}”战报。想看时发送“战报”。"


def how_to_bind() -> str:
    return "请带上邀请码，例如：绑定 7F3K9QWX"


def no_invitation() -> str:
    return "邀请码不对、已经用过或超过24小时，不能绑定，请向组织方再要一个。"


def bound(campaign: Campaign, role: str, region: str, name: str) -> str:
    """`name`: what colleagues call her, and how long that is kept; '' where nobody said."""
    where = region or f"全部{region_word(campaign)}"
    days = campaign.privacy.keep_people_days
    called = f"\n同事看到的称呼：{echo(name)}，活动关闭{days}天后删除，也可随时发“注销”删除。" if name else ""
    return f"已绑定 “{campaign.short}”{role}（{where}）。发送“我的辖区”查看，“我的权限”看能做什么。{called}"


def ask_to_leave() -> str:
    return f"注销会删除您的姓名、电话、绑定和发过的原话；已上报的数字保留，没有队长的队伍会变成待认领。\n{CONFIRM}"


def team_stays(campaign: Campaign) -> str:
    return (
        f"队伍和已上报的数字不能在这里注销，请联系 {whom_to_call(campaign)}。\n"
        "要删除您自己的姓名、电话和发过的原话，发送“注销”：数字保留，没有队长的队伍会变成待认领。"
    )


def forgotten(orphaned: Sequence[Team], campaign: Campaign | None) -> str:
    """`orphaned`: the teams that have no captain any more; `campaign`: the one she spoke of last, if any."""
    gone = "已注销，与您有关的信息已经删除。以后发消息会作为新用户。"
    if not orphaned:
        return gone
    names = "、".join(team_name(team) for team in orphaned[:NAMED])
    more = f"等{len(orphaned)}支队伍" if len(orphaned) > NAMED else ""
    return f"{gone}\n{names}{more} 现在没有队长，{how_to_have_it_again(campaign)}"


def stays() -> str:
    """To words against being forgotten."""
    return "好的，不注销，什么都没有改动。"
