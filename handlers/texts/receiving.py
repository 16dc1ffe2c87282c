"""What is said of a message as such: of a kind that cannot be read, too long, too fast, lost by our fault."""

from handlers.texts.examples import counts_items, report_example
from storage.campaign_schema import Campaign

_PLEASE_TYPE = {
    "image": "图片暂时认不出来，请直接发{figures}，例如：{example}",
    "voice": "语音没有听清，请打字发给我，例如：{example}",
    "video": "视频暂时看不了，请直接发{figures}，例如：{example}",
    "location": "位置暂时用不上，请用文字说。发送“帮助”看能做什么。",
    "link": "链接暂时打不开，请把要说的话用文字发给我。发送“帮助”看能做什么。",
    "sticker": "表情收到，但暂时看不懂，请用文字说。发送“帮助”看能做什么。",
    "text": "收到的内容是空的，请用文字说。发送“帮助”看能做什么。",
    "file": "文件暂时看不了，请直接发{figures}，例如：{example}",
}


def please_type(kind: str, campaign: Campaign | None) -> str:
    said = _PLEASE_TYPE.get(kind, "这类消息暂时看不懂，请用文字说。发送“帮助”看能做什么。")
    return said.format(figures="件数" if counts_items(campaign) else "金额和人次", example=report_example(campaign))


def too_long(limit: int) -> str:
    return f"这条消息太长，没有处理。请分几条发送，每条不超过{limit}字。"


def slow_down(per_minute: int) -> str:
    return f"您发得太快了：一分钟最多处理{per_minute}条，这条和之后的没有处理。请过一分钟再发。"


def busy() -> str:
    return "系统有点忙，刚才的消息可能已经处理。请发送“我的队伍”核对，不要重复发送。"


def cannot_keep() -> str:
    return "系统现在不能保存，刚才的消息多半没有记下。请过十分钟发送“我的队伍”核对，没有的再补发。"


NOT_WITH_THE_REPLICA = "已记录，备份机还没有收到。"
"""Beneath what was recorded, where the replicas were to have it and did not say so in time."""


def not_with_the_replica() -> str:
    """The same, to whom no other delivery will tell it."""
    return f"{NOT_WITH_THE_REPLICA}请过十分钟发送“我的队伍”核对，不要重复发送。"


def our_fault(reference: str) -> str:
    """After something was recorded, or may have been."""
    return f"系统出了点问题，刚才的消息可能已经记录。请发送“我的队伍”核对，不要重复发送；需要帮助时请提供编号 {reference}。"


def not_recorded(reference: str, campaign: str) -> str:
    """`campaign`: the name of the one that stands still, '' where it is not one alone, or has no name that can be read."""
    where = f"“{campaign}”的消息暂时处理不了" if campaign else "刚才的消息没有处理"
    return f"系统出了点问题，{where}，什么都没有记录。请过一会儿再发；需要帮助时请提供编号 {reference}。"


def stands_still(campaign: str) -> str:
    """Beside an answer to somebody who belongs to the campaign that stands still as well; '' as above."""
    which = f"“{campaign}”" if campaign else "您参加的另一个活动"
    return f"（{which}出了点问题，它的消息暂时处理不了，也没有记录，请过一会儿再发。）"
