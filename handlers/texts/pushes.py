"""What stands with or instead of a push: why it was not sent, what was deleted, the fields of a template."""

from storage.campaign_schema import Campaign

NOTICE_PHRASE = "请查看"
NOTICE_REST = "详情请进公众号查看"
PUSH_EXPIRED = "已过时效，未发出"
PUSH_OF_ERASED = "收件人已注销"
PUSH_CORRECTED = "已有更正，原文不再发送"
PUSH_SWITCHED_OFF = "组织方已关掉这项推送"
PUSH_INTERRUPTED = "发送中断，是否送达不明"
PUSH_QUIET = "免打扰时段"
PUSH_QUOTA = "公众号今天的条数已满"
PUSH_PACED = "群机器人每分钟条数已满"
PUSH_WAITS = "渠道暂停，等恢复后再发"
PUSH_NO_CHANNEL = "没有能送达的渠道"


CHANNELS = {
    "customer_service": "客服消息",
    "subscription_notice": "订阅通知",
    "template_message": "模板消息",
    "group_robot": "群机器人",
    "mass": "群发",
    "hook": "系统对接",
}


def channel_stands_still(campaign: Campaign, channel: str, code: int) -> str:
    """`code`: what the platform answered, 0 where no answer came that was its own."""
    seen = f"微信返回错误 {code}" if code else "连续几条没有等到微信的回音"
    return (
        f"【推送提醒】“{campaign.short}”的{CHANNELS.get(channel, channel)}暂停了：{seen}。"
        "还没发出的等恢复后再发，来不及的放进各人信箱，随下次回复显示。"
        "请告诉系统管理员检查；是否送达不明的，发送“待办”查看。"
    )


def overdue(campaign: Campaign, waiting: int, minutes: int) -> str:
    """To the operators' robot: pushes stand."""
    return (
        f"【推送提醒】“{campaign.short}”有 {waiting} 条推送没有发出，最早的已经晚了 {minutes} 分钟。请系统管理员检查。"
    )


def erased(case: str) -> str:
    """In the place of what somebody said who has left since: a complaint by its number, or a question."""
    return f"{f'案件编号 {case}' if case else ''}（本人已注销，内容已删除）"


def lapsed(case: str) -> str:
    """In the place of what somebody said a month ago."""
    return f"{f'案件编号 {case}' if case else ''}（已满30天，内容已删除）"


def unread_mail(count: int) -> str:
    return f"📬 另有 {count} 条通知，回复“更多”查看。"
