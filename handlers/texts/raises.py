"""提额: a target to be raised: who asked, who decides, from what to what."""

from datetime import datetime

from handlers.texts.figures import yuan
from handlers.texts.naming import minute_name, whom_to_call
from handlers.texts.targets import amount, place_name
from handlers.texts.wording import CONFIRM, echo
from storage.campaign_schema import Campaign
from storage.matters import Raise
from storage.raises import RaiseDecided
from storage.targets import Target

_STATES = {"open": "等组织方定", "passed": "已通过", "returned": "已退回", "withdrawn": "已撤回"}


def said(campaign: Campaign, asked: Raise) -> str:
    """`永善县 争 80,000.00元 → 100,000.00元`"""
    return f"{place_name(campaign, asked.subject)} 争 {amount(asked.before_fen)} → {yuan(asked.hope_fen)}"


def waits(campaign: Campaign, asked: Raise, *, decides: bool) -> str:
    """To who asked."""
    then = f"您也可以定：发“通过 {asked.number}”或“退回 {asked.number} 原因”" if decides else "定了会告诉您"
    return (
        f"已登记 {asked.number} 提额：{said(campaign, asked)}\n"
        f"等组织方定，已通知他们；{then}。要撤回发“撤回 {asked.number}”。\n"
        "这里只改参考目标；平台页面的筹款上限要在平台上另外申请。"
    )


def waits_for_you(campaign: Campaign, asked: Raise, office: str, reason: str) -> str:
    """To those who decide, once."""
    because = f"原因：{echo(reason)}。" if reason else ""
    return (
        f"待办 {asked.number} 提额：{said(campaign, asked)}（{office}申请）。{because}\n"
        f"同意发“通过 {asked.number}”，不同意发“退回 {asked.number} 原因”。"
    )


def to_do_line(campaign: Campaign, asked: Raise, office: str) -> str:
    """A line of 待办."""
    at = minute_name(campaign.local(asked.at))
    return f"{asked.number} 提额 {said(campaign, asked)}｜{office}申请｜{at}"


def card(campaign: Campaign, asked: Raise, office: str, decided_by: str) -> str:
    """One raise by its number: who asked, who decided, when."""
    lines = [f"{asked.number} 提额（{_STATES[asked.state]}）", said(campaign, asked)]
    lines.append(f"申请：{office}，{_when(campaign, asked.at)}")
    if asked.decided_at is not None:
        lines.append(f"处理：{decided_by}，{_when(campaign, asked.decided_at)}{_STATES[asked.state]}")
    if asked.state == "open":
        lines.append(f"组织方发“通过 {asked.number}”或“退回 {asked.number} 原因”。")
    return "\n".join(lines)


def passed(campaign: Campaign, asked: Raise) -> str:
    before = asked.stood or Target()
    return (
        f"已通过 {asked.number} 提额：{place_name(campaign, asked.subject)} 争 {amount(before.hope_fen)} → "
        f"{yuan(asked.hope_fen)}\n已通知申请人。平台上的上限请记得同步申请。如有误，发“撤销”退回。"
    )


def returned(campaign: Campaign, asked: Raise, reason: str) -> str:
    because = f"原因：{echo(reason)}。" if reason else ""
    return f"已退回 {asked.number} 提额：{said(campaign, asked)}，目标不变。{because}已通知申请人。如有误，发“撤销”恢复到待办。"


def withdrawn(campaign: Campaign, asked: Raise) -> str:
    return f"已撤回 {asked.number} 提额：{said(campaign, asked)}，目标不变。"


def undone(campaign: Campaign, asked: Raise) -> str:
    return f"已撤销 对 {asked.number} 提额的处理：{said(campaign, asked)} 回到待办，目标和处理前一样。已通知申请人。"


def told_passed(campaign: Campaign, asked: Raise) -> str:
    return (
        f"您申请的 {asked.number} 提额通过了：{place_name(campaign, asked.subject)} 的参考目标（争）现在是 "
        f"{yuan(asked.hope_fen)}。平台页面的上限以平台为准。"
    )


def told_returned(campaign: Campaign, asked: Raise, reason: str) -> str:
    because = f"原因：{echo(reason)}。" if reason else ""
    return f"您申请的 {asked.number} 提额退回了：{said(campaign, asked)}，目标不变。{because}"


def told_undone(campaign: Campaign, asked: Raise) -> str:
    return f"{asked.number} 提额的处理撤销了：{said(campaign, asked)} 重新等组织方定，目标和处理前一样。"


def ask_undo(campaign: Campaign, asked: Raise) -> str:
    done = {"passed": "通过了", "returned": "退回了"}[asked.state]
    return f"您刚才{done} {asked.number} 提额：{said(campaign, asked)}。撤销后它回到待办，目标和处理前一样。\n要撤销吗？{CONFIRM}"


def decision_said(last: RaiseDecided) -> str:
    """Her last act, in a choice."""
    return f"{last.number} 提额的处理"


def built_upon(asked: Raise) -> str:
    return f"{asked.number} 提额之后又有改动，不能撤销。发“{asked.number}”看它现在怎样。"


def how_to_ask() -> str:
    return (
        "没有看清数额，不能登记提额。请发新的参考目标，例如：提额 永善县 100000 提前完成；"
        "也可以写项目：提额 人道暖昭通 50万；全活动的不写县区。"
    )


def by_coordinators(campaign: Campaign) -> str:
    return (
        f"“提额”由协调员提出、组织方来定，您现在不能使用（{whom_to_call(campaign)}）。自己队的目标发“我队目标 5000”。"
    )


def not_of_your_region(campaign: Campaign, place: str) -> str:
    return f"{place_name(campaign, place)}不在您的辖区，不能提额。可以给自己的辖区提，例如：提额 县区 100000。"


def no_raise(campaign: Campaign, place: str, before: Target) -> str:
    stands = f"保 {amount(before.floor_fen)}，争 {amount(before.hope_fen)}"
    return f"{place_name(campaign, place)} 现在的参考目标是{stands}，新数要比它大，不能算提额。要改小请组织方发“目标”。"


def asked_before(campaign: Campaign, other: Raise) -> str:
    return (
        f"{other.number} 已经在等组织方定：{said(campaign, other)}，不能再提一次。要改数先发“撤回 {other.number}”再提。"
    )


def is_as_high(campaign: Campaign, asked: Raise, before: Target) -> str:
    stands = amount(before.hope_fen if before.hope_fen is not None else before.floor_fen)
    return (
        f"{place_name(campaign, asked.subject)} 的参考目标现在已是 {stands}，{asked.number}（{yuan(asked.hope_fen)}）不能通过。"
        f"请发“退回 {asked.number} 原因”。"
    )


def organizers_decide(campaign: Campaign, asked: Raise) -> str:
    return f"{asked.number} 提额由组织方来定，您不能通过或退回（{whom_to_call(campaign)}）。"


def not_taken(number: str) -> str:
    return f"{number} 是提额，不用接手，不能由一个人先占。组织方直接发“通过 {number}”或“退回 {number} 原因”。"


def not_withdrawn(campaign: Campaign, asked: Raise) -> str:
    if asked.state == "open":
        return f"{asked.number} 提额是别人申请的，您不能撤回。组织方可以发“退回 {asked.number} 原因”。"
    return f"{asked.number} 提额{_STATES[asked.state]}，不能这样撤回。参考目标发“目标”看。"


def _when(campaign: Campaign, at: datetime) -> str:
    return minute_name(campaign.local(at))
