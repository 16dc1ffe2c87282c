"""The day's digest for whoever has a role: what is new in her region and what waits for her. Numbers, no names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.texts.cases import tally
from handlers.texts.naming import minute_name
from storage.campaign_schema import Campaign
from storage.matters import Incident


@dataclass(frozen=True, slots=True)
class Work:
    """Of one reader's region: how many teams, how many of them new today and not heard of today (None where that is
    not told), teams to be let in, figures to be decided on, questions without an answer, and the cases she sees."""

    teams: int
    new: int = 0
    silent: int | None = None
    to_admit: int = 0
    figures: int = 0
    questions: int = 0
    cases: Sequence[Incident] = ()


def digest(campaign: Campaign, where: str, cut_off: datetime, work: Work) -> str:
    """`where`: her region, or the campaign."""
    waits = [
        f"{name} {count}{unit}（“{word}”）"
        for name, count, unit, word in (
            ("待审队伍", work.to_admit, "支", "待审"),
            ("待办数字", work.figures, "件", "待办"),
            ("待答问题", work.questions, "个", "待答"),
        )
        if count
    ]
    seen = "（“案件”）" if work.cases else ""
    lines = [
        f"【{where}·每日简报】截至{minute_name(campaign.local(cut_off))}",
        f"队伍 {work.teams:,}支，今天新登记 {work.new:,}支",
        *([f"今天没有消息的 {work.silent:,}支（“未报”）"] if work.silent else []),
        f"等您处理：{'，'.join(waits) if waits else '没有'}",
        f"{tally(work.cases)}{seen}",
        f"括号里的词发给公众号就能看。{campaign.policy.voluntary}。",
    ]
    return "\n".join(lines)
