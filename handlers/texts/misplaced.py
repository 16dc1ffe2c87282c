"""A report that belongs to another team or channel."""

from handlers.texts.figures import CHANNEL_NAMES, total_of
from handlers.texts.naming import headed, team_name
from handlers.texts.reports import understood
from handlers.texts.wording import CONFIRM, echo
from storage.campaign_schema import Campaign
from storage.models.reports import Report
from storage.models.teams import Channel, Team, Total
from storage.reports import Booked


def not_among_your_teams(name: str) -> str:
    return f"您的队伍里没有找到“{echo(name, 20)}”，还没有改动。请发送“我的队伍”核对，或先回复“撤回”再重新上报。"


def ask_move(source: Team, newest: Report, target: Team, channel: Channel, reached: Total) -> str:
    back = Total(amount_fen=newest.previous_amount_fen, donations=newest.previous_donations)
    stands = Total(amount_fen=newest.amount_fen, donations=newest.donations)
    return (
        f"还没有改动，请核对：\n"
        f"· {team_name(source)}{CHANNEL_NAMES[newest.channel]}：{total_of(stands)} → {total_of(back)}\n"
        f"· {team_name(target)}{CHANNEL_NAMES[channel]}：{total_of(target.total(channel))} → {total_of(reached)}\n"
        f"{CONFIRM}"
    )


def waits_for_a_coordinator(source: Team, target: Team, channel: Channel) -> str:
    """The figure would wait for a coordinator there, so it is not simply moved."""
    return (
        f"{team_name(target)}{CHANNEL_NAMES[channel]}这个数字要等协调员核实，不能直接改过去，没有改动。"
        f"请先发“撤回 {source.code}”，再把{CHANNEL_NAMES[channel]}的数字重新上报。"
    )


def moved(taken: Booked, booked: Booked, campaign: Campaign, several: bool) -> str:
    back = taken.after.total(taken.report.channel)
    text = f"已更正 {team_name(taken.after)}{CHANNEL_NAMES[taken.report.channel]}退回到 {total_of(back)}；\n"
    return headed(campaign, several, text + understood(booked, campaign))
