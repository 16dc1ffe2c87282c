"""What the clock sends to all: matching begins today, registration ends soon."""

from datetime import date, datetime, time

from handlers.texts.naming import day_name, hour_name, minute_name
from storage.campaign_schema import Campaign


def opening_reminder(campaign: Campaign, day: date, opens: time) -> str:
    minimum = campaign.policy.minimum_gift_fen
    gift = f"每笔不低于{minimum / 100:g}元的捐赠都有机会获得配捐。\n" if minimum else ""
    return (
        f"【{campaign.short}】今天（{day_name(day)}）{hour_name(opens)}开始配捐。\n{gift}"
        "项目链接：在公众号里发“二维码 项目名”。\n进度随时可以报，例如“今天 3200元 45人次”。\n"
        f"参加自愿，捐不捐、捐多少自己决定。{campaign.policy.voluntary}。"
    )


def deadline_reminder(campaign: Campaign, end: datetime, day: date) -> str:
    return (
        f"{deadline_head(campaign, end, day)}\n"
        "想参加的单位：在公众号里发“组队 单位名称 县区 项目”。\n已经组队的不用再登记。\n"
        f"参加自愿。{campaign.policy.voluntary}。"
    )


def deadline_head(campaign: Campaign, end: datetime, day: date) -> str:
    last = f"{day_name(end)}24点" if (end.hour, end.minute) == (23, 59) else minute_name(end)
    return f"【{campaign.short}】组队登记到{last}，{days_left(end.date(), day)}。"


def days_left(end: date, day: date) -> str:
    left = (end - day).days
    return "今天截止" if left == 0 else "明天截止" if left == 1 else f"还有{left}天"
