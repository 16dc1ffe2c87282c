"""How money and 人次 are written, and what a report's figure counts: its channel and its kind."""

from storage.models.teams import Channel, Total

CHANNEL_NAMES: dict[Channel, str] = {"online": "线上", "offline": "线下"}
KIND_NAMES = {
    "total": "累计",
    "day": "今日累计",
    "increment": "新增",
    "correction": "更正",
    "close": "昨日累计",
    "merge": "合并后累计",
}


def format_amount(fen: int) -> str:
    """`12,345.67`: yuan with two decimals, without 元."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"


def yuan(fen: int) -> str:
    return f"{format_amount(fen)}元"


def figures_said(amount_fen: int | None, donations: int | None) -> str:
    said = [yuan(amount_fen)] if amount_fen is not None else []
    said += [f"{donations}人次"] if donations is not None else []
    return " ".join(said)


def total_of(total: Total) -> str:
    """A total; where nobody told a 人次 there is none to print."""
    return figures_said(total.amount_fen, total.donations or None)


def kind_name(kind: str, channel: Channel) -> str:
    return f"{KIND_NAMES[kind]}（{CHANNEL_NAMES[channel]}）"
