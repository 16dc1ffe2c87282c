"""What stands with or instead of a push: why it was not sent, what was deleted, the fields of a template."""

NOTICE_PHRASE = "请查看"
NOTICE_REST = "详情请进公众号查看"
PUSH_EXPIRED = "已过时效，未发出"
PUSH_OF_ERASED = "收件人已注销"
PUSH_CORRECTED = "已有更正，原文不再发送"
PUSH_INTERRUPTED = "发送中断，是否送达不明"
PUSH_QUIET = "免打扰时段"
PUSH_PACED = "群机器人每分钟条数已满"
PUSH_NO_CHANNEL = "没有能送达的渠道"


def erased(case: str) -> str:
    """In the place of what somebody said who has left since: a complaint by its number, or a question."""
    return f"{f'案件编号 {case}' if case else ''}（本人已注销，内容已删除）"


def lapsed(case: str) -> str:
    """In the place of what somebody said a month ago."""
    return f"{f'案件编号 {case}' if case else ''}（已满30天，内容已删除）"


def unread_mail(count: int) -> str:
    return f"📬 另有 {count} 条通知，回复“更多”查看。"
