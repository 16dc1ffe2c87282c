"""What is said where a picture is asked for."""

from typing import Literal

from handlers.texts.naming import team_name
from storage.campaign_schema import Campaign
from storage.models.teams import Team

Kind = Literal["bulletin", "team", "thanks"]


def cannot_draw() -> str:
    return "这里没有装作图的组件，不能做图片（请告诉系统管理员：安装时加上图片组件）。文字版发“战报”。"


def nowhere_to_show() -> str:
    return "本公众号不能发图片，也没有配置网址，海报现在看不到。文字版发“战报”，可以直接转发。"


def crowded() -> str:
    return "现在要图片的人很多，请过几分钟再发一次。文字版发“战报”。"


def on_its_way(title: str, link: str, *, sends: bool) -> str:
    """`sends`: the account brings it by itself."""
    way = "画好马上发给您，几秒钟就到" if sends else "几秒钟就好，过一会儿再发一次同样的话，或打开下面的网址"
    return f"{title}：图片正在画，{way}。" + (f"\n{link}" if link else "")


def about(campaign: Campaign) -> str:
    return f"长按图片可以保存、转发。{campaign.policy.voluntary}。"


def title_of_team(kind: Kind, team: Team) -> str:
    return f"{team_name(team)}的{'感谢状' if kind == 'thanks' else '海报'}"


def no_money_here(campaign: Campaign) -> str:
    return f"“{campaign.short}”不记金额，不能做队伍的海报和感谢状。各地进展发“海报”或“战报”看。"


def not_yours() -> str:
    return "没有找到这个单位的队伍，或者不在您的辖区，不能做它的海报、感谢状。自己队的发“我队海报”“感谢状”。"


def of_an_issue(title: str) -> str:
    """In the outbox and wherever the picture itself cannot be shown."""
    return f"{title} 海报"


def is_drawn(campaign: Campaign, title: str, kind: Kind) -> str:
    """Beside the picture's card, and in a mailbox, which shows no picture."""
    word = {"bulletin": "海报", "team": "我队海报", "thanks": "感谢状"}[kind]
    return f"{title}\n{about(campaign)}没有看到图片时，再发一次“{word}”。"
