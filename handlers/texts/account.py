"""The person herself: subscribing, binding a role, leaving."""

from collections.abc import Sequence

from handlers.texts.naming import hour_name, how_to_have_it_again, region_word, team_name, whom_to_call
from handlers.texts.wording import CONFIRM, echo
from storage.campaign_schema import Campaign
from storage.models.pushes import Edition
from storage.models.teams import Team

NAMED = 3
"""How many teams a sentence names."""


_GETS: dict[Edition, str] = {
    "evening": "每天一期，晚上的",
    "noon": "每天两期，中午和晚上的",
    "all": "每一期都发",
}


def subscribed(campaign: Campaign, edition: Edition, article: str) -> str:
    """What one gets, how to have more or none; `article`: where a notice of WeChat's is allowed, '' for nowhere."""
    others = {"evening": "想中午也收发“订阅 午间”，每期都收发“订阅 全部”", "noon": "每期都收发“订阅 全部”"}
    night = campaign.quiet_hours
    lines = [
        f"已登记 订阅“{campaign.short}”战报：{_GETS[edition]}；{hour_name(night.start)}到{hour_name(night.end)}之间的，"
        f"{hour_name(night.end)}后送达。",
        "；".join(filter(None, [others.get(edition, "只要晚上的发“订阅”"), "不想收发“退订”"])) + "。",
    ]
    if article:
        lines.append(f"两天没有来过公众号的，微信要您允许才发得到：打开这篇文章点“允许”，允许一次可收一条：\n{article}")
    return "\n".join(lines)


def who_gets(lines: Sequence[str]) -> str:
    """To whom a campaign's bulletins go; `lines`: as the plan of pushes tells it."""
    return "\n".join([*lines, "自己要收发“订阅”，不收发“退订”；随时发“战报”都能看。"])


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
