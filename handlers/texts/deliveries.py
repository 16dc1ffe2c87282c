"""What waits for a coordinator, and pushes of which nobody knows whether they arrived."""

from collections.abc import Sequence

from handlers.texts.naming import minute_name
from handlers.texts.pushes import CHANNELS
from handlers.texts.wording import REPLY_BYTES, SHORT_BYTES, within
from storage.campaign_schema import Campaign
from storage.models import Delivery

_AROUND_BYTES = 250
"""Room for what stands around the list of uncertain deliveries."""
JOBS = {
    "bulletin": "战报",
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
}


def uncertain_line(campaign: Campaign, number: str, delivery: Delivery) -> str:
    """Never whose it is."""
    push = delivery.notification
    to = "工作群" if push.robot else "一位收件人"
    way = CHANNELS.get(delivery.channel, delivery.channel)
    sent = minute_name(campaign.local(push.due_at))
    return f"{number} {JOBS.get(push.job, '通知')}（{sent}）发给{to}{f'，走{way}' if way else ''}"


def to_do(teams: int, questions: int, cases: int, figures: str, uncertain: Sequence[str]) -> str:
    """`figures`: those that wait, as they are listed; '' for none."""
    lines = [f"待审队伍 {teams}支，发送“待审”查看。"] if teams else []
    lines += [f"待答问题 {questions}个，发送“待答”查看。"] if questions else []
    lines += [f"未结案件 {cases}件，发送“案件”查看。"] if cases else []
    if figures:
        lines.append(figures)
    if uncertain:
        room = REPLY_BYTES - len("\n".join(lines).encode()) - _AROUND_BYTES
        lines.append(_listed(uncertain, min(room, SHORT_BYTES)))
    return "等您处理：\n" + "\n".join(lines) if lines else "没有等您处理的事项。"


def which_to_resend(uncertain: Sequence[str]) -> str:
    return _listed(uncertain) if uncertain else "没有是否送达不明的消息。要看战报发送“战报”。"


def _listed(uncertain: Sequence[str], room: int = SHORT_BYTES) -> str:
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
