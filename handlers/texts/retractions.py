"""The newest report taken back, or why it was not."""

from handlers.texts.doubts import doubt_other_unit
from handlers.texts.figures import CHANNEL_NAMES, total_of, yuan
from handlers.texts.naming import headed, team_name
from handlers.texts.reports import understood
from storage.campaign_schema import Campaign
from storage.models import Team
from storage.reports import Booked


def other_unit_not_retracted(named: str, team: Team) -> str:
    return f"{doubt_other_unit(named, team)}，没有撤回。\n要撤回后者请发送“撤回 {team.code}”；别的队伍请带上它的编号。"


def choose_what_to_retract(team: Team, named: str = "") -> str:
    """Nothing was taken back: the figure she names is no newest one, or two reports are equally new."""
    why = f"最近一次上报里没有 {named}" if named else "线上和线下的上报一样新"
    return (
        f"{team_name(team)} {why}，没有撤回。现在是线上 {total_of(team.online)}，线下 {total_of(team.offline)}；"
        "每边只能撤回最近的一次，请发送“撤回 线上”或“撤回 线下”。更早的请直接更正总额，例如：更正 12340元"
    )


def retracted(done: Booked, campaign: Campaign, several: bool) -> str:
    report, team = done.report, done.after
    taken = f"撤回的是：{CHANNEL_NAMES[report.channel]}最近一次上报（记到 {yuan(report.amount_fen)} 的那次）"
    other = team.offline if report.channel == "online" else team.online
    kept = f"；{CHANNEL_NAMES['offline' if report.channel == 'online' else 'online']} {yuan(other.amount_fen)} 没有动"
    said = f"已撤回 {understood(done, campaign)}\n{taken}{kept if other.report else ''}"
    return headed(campaign, several, said)


def moved_not_retracted(team: Team) -> str:
    return (
        f"{team_name(team)} 最近一次记录是从别处改过来的，没有撤回：撤回了两边就都没有这笔数了。\n"
        f"要整笔撤掉请发送“撤回 {team.code}”；改错了地方请再说一次，例如：刚才那笔是线下的"
    )


def no_correction_stands(team: Team) -> str:
    return f"{team_name(team)} 最近一次记录不是更正，没有撤回。要撤回最近一次上报，请说“撤回”。"
