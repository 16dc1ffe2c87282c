"""What waits for a coordinator."""

from collections.abc import Sequence

from handlers.texts.deliveries import listed
from handlers.texts.wording import REPLY_BYTES, SHORT_BYTES

_AROUND_BYTES = 250
"""Room for what stands around the list of uncertain deliveries."""


def to_do(teams: int, questions: int, cases: int, figures: Sequence[str], uncertain: Sequence[str]) -> str:
    """`figures`: reported ones that wait, as they are listed, and targets to be raised."""
    lines = [f"待审队伍 {teams}支，发送“待审”查看。"] if teams else []
    lines += [f"待答问题 {questions}个，发送“待答”查看。"] if questions else []
    lines += [f"未结案件 {cases}件，发送“案件”查看。"] if cases else []
    lines += filter(None, figures)
    if uncertain:
        room = REPLY_BYTES - len("\n".join(lines).encode()) - _AROUND_BYTES
        lines.append(listed(uncertain, min(room, SHORT_BYTES)))
    return "等您处理：\n" + "\n".join(lines) if lines else "没有等您处理的事项。"
