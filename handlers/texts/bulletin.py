"""The bulletin, part by part, and its correction."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from handlers.texts.figures import yuan
from handlers.texts.naming import day_name, hour_name, minute_name
from storage.boards import EQUALS, Figures
from storage.campaign_schema import Campaign

MINUTE = timedelta(minutes=1)


def bulletin_head(campaign: Campaign, cut_off: datetime, issue: int | None, ended: date | None = None) -> str:
    """`ended`: the day that the bulletin closes; cut off in the minute of midnight, it ends at 24:00 of that day."""
    number, local = f" 第{issue}期" if issue else "", campaign.local(cut_off)
    in_time = ended is not None and local - datetime.combine(ended + timedelta(days=1), time(0), local.tzinfo) < MINUTE
    until = f"{day_name(ended)}24:00" if ended and in_time else minute_name(local)
    return f"【{campaign.short}{day_name(ended) if ended else ''}战报{number}】截至{until}"


def bulletin_totals(figures: Figures, ended: date | None = None) -> str:
    offline = f"（其中线下 {yuan(figures.offline_fen)}）" if figures.offline_fen else ""
    return (
        f"累计 {yuan(figures.amount_fen)}{offline}\n{day_name(ended) if ended else '今日'}新增 {yuan(figures.today_fen)}\n"
        f"{figures.donations:,}人次，{figures.teams:,}支队伍"
    )


def bulletin_leaders(lines: Sequence[str], equals: int) -> str:
    """`equals`: how many more are level with the last line."""
    more = [f"并列还有{equals}{'多' if equals == EQUALS else ''}支"] if equals else []
    return f"▍前{len(lines)}名\n" + "\n".join([*lines, *more])


def bulletin_regions(campaign: Campaign, lines: Sequence[str]) -> str:
    title = {"省": "▍各市（州）", "区": "▍各街道"}.get(campaign.level, "▍各县（市、区）")
    if not campaign.ranking.public:
        title += "（排名不分先后）"
    return f"{title}\n" + "\n".join(lines)


def bulletin_reached(threshold_fen: int, teams: int) -> str:
    return f"达到{threshold_fen // 100}元自主安排门槛的队伍 {teams:,}支"


def bulletin_opening(day: date, opens: time, when: str) -> str:
    """`when`: 今天 or 明天, '' where the date has to say it."""
    return f"{f'{when}（{day_name(day)}）' if when else day_name(day)}{hour_name(opens)}开始配捐"


def bulletin_rest() -> str:
    return "篇幅有限，其余请在公众号里发“排行”或“县区排行”查看"


def bulletin_notes(campaign: Campaign) -> str:
    return f"捐赠自愿：{campaign.policy.voluntary}。\n口径：由各队上报，线上线下合计，不含配捐，以平台最终数据为准。"


def bulletin_fingerprint(digits: str) -> str:
    """The beginning of the seal over everything booked so far."""
    return f"账本指纹 {digits}"


def correction_of(text: str) -> str:
    return f"【更正】以此条为准\n{text}"


def bulletin_of_items(campaign: Campaign) -> str:
    return f"捐赠自愿：{campaign.policy.voluntary}。\n口径：按各地上报的累计件数，不统计筹款。"
