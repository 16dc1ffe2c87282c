"""Pushes of which nobody knows whether they arrived, and those that did not go out."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.texts.naming import minute_name
from handlers.texts.pushes import CHANNELS
from handlers.texts.wording import SHORT_BYTES, within
from storage.campaign_schema import Campaign
from storage.models.pushes import Delivery, DeliveryStatus

MISSED = 4
"""How many of those that did not go out are named."""
STATUS_NAMES: Mapping[DeliveryStatus, str] = {
    "queued": "待发",
    "inflight": "正在发",
    "sent": "已发",
    "mailbox": "放进信箱",
    "skipped": "不用发",
    "failed": "没发出",
    "unknown": "送达不明",
    "expired": "过了时效",
}
JOBS = {
    "bulletin": "战报",
    "picture": "海报",
    "opening-reminder": "开始配捐的提醒",
    "deadline-reminder": "报名截止的提醒",
    "task-deadline": "任务到期的提醒",
    "first-day": "第一天的提醒",
    "last-day": "最后一天的提醒",
    "closing": "活动结束的消息",
    "thanks": "感谢",
    "final-report": "总结",
    "slogan": "每日标语",
    "digest": "每日简报",
    "silent-reminder": "自动请队长报进度的提醒",
    "mass": "群发",
    "alarm": "推送故障的提醒",
    "verdict": "审核结果",
    "incident": "舆情通知",
    "incidents": "舆情日报",
    "answer": "问题的答复",
    "reminder": "请队长报进度的提醒",
    "notice": "协调员的通知",
    "threshold-note": "到线的提示",
    "waiting": "待办的提醒",
    "act": "队伍有改动的通知",
    "unclaimed": "队伍缺队长的通知",
    "hook": "给其他系统的数字",
}


def uncertain_line(campaign: Campaign, number: str, delivery: Delivery) -> str:
    return f"{number} {push_line(campaign, delivery)}"


def job_name(job: str) -> str:
    return JOBS.get(job, "通知")


def missed(campaign: Campaign, pushes: Sequence[tuple[str, datetime]]) -> str:
    """What did not go out, job and minute, because nothing ran and it is too late now."""
    shown = "、".join(f"{minute_name(campaign.local(at))}的{job_name(job)}" for job, at in pushes[:MISSED])
    more = f"等共{len(pushes)}项" if len(pushes) > MISSED else ""
    return (
        f"【推送提醒】系统停了一段时间，“{campaign.short}”有推送没有发出，现在已过时效：{shown}{more}。"
        "最新数字发送“战报”查看；要补发请告诉系统管理员。"
    )


def push_line(campaign: Campaign, delivery: Delivery) -> str:
    """Which push, when, by which way; never whose it is."""
    push = delivery.notification
    to = "工作群" if push.robot else "其他系统" if push.hook else "一位收件人" if push.person else "全部关注者"
    way = CHANNELS.get(delivery.channel, delivery.channel)
    sent = minute_name(campaign.local(push.due_at))
    return f"{job_name(push.job)}（{sent}）发给{to}{f'，走{way}' if way else ''}"


def which_to_resend(uncertain: Sequence[str]) -> str:
    return listed(uncertain) if uncertain else "没有是否送达不明的消息。要看战报发送“战报”。"


def listed(uncertain: Sequence[str], room: int = SHORT_BYTES) -> str:
    shown = within(uncertain, room)
    more = f"\n…共{len(uncertain)}条，先处理前面的" if len(shown) < len(uncertain) else ""
    listed = "\n".join(shown)
    return f"是否送达不明，没有自动再发：\n{listed}{more}\n问过没收到的，发送“重发 编号”；收到了不用管。"


def resent(number: str) -> str:
    return f"已登记 {number} 重发，马上再发一次。结果还是不明的话，会用新编号再列进“待办”。"


def resent_before(number: str) -> str:
    return f"{number} 已经重发过，没有再发。发送“待办”看还有哪些。"


def known_by_now(number: str) -> str:
    return f"{number} 已经有结果，没有再发。发送“待办”看还有哪些。"


def resent_by_coordinators() -> str:
    return "“重发”是协调员补发通知用的，您现在不能使用。要看战报发送“战报”；要报进度请发金额和人次。"
