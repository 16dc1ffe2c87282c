"""群发: what an organizer is shown before she says yes, what came of it, and why not."""

from handlers.texts.naming import hour_name
from handlers.texts.wording import CONFIRM
from storage.campaign_schema import Campaign
from storage.mass import PLACES, Span

_OF = {"day": "今天", "month": "这个月"}


def said(campaign: Campaign, words: str) -> str:
    """What every follower reads."""
    return f"【{campaign.short}】{words}"


def ask(shown: str, left: int, span: Span) -> str:
    return f"【群发预览】发给公众号的全部关注者，{_left(left, span)}，发出后不能撤回。\n大家会看到：\n“{shown}”\n要发出吗？{CONFIRM}"


def ordered(left: int, span: Span) -> str:
    return f"已登记 群发，由微信陆续送达。{_left(left, span)}。"


def how_to(left: int, span: Span) -> str:
    return f"没有内容，不能群发。{_left(left, span)}。请把要说的话写在后面，例如：群发 明早10点开始配捐"


def none_left(span: Span) -> str:
    return f"{_OF[span]}的群发次数（{PLACES[span]}次）已经用完，不能再发。辖区的队长可以发“通知 内容”。"


def account_cannot() -> str:
    return "本公众号没有群发接口，不能群发。辖区的队长可以发“通知 内容”。"


def quiet_now(campaign: Campaign) -> str:
    return f"现在是免打扰时段，不能群发，{hour_name(campaign.quiet_hours.end)}以后再发。"


def _left(left: int, span: Span) -> str:
    return f"{_OF[span]}还能群发 {left} 次（共{PLACES[span]}次）"
