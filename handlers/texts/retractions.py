"""The newest report taken back, or why it was not."""

from handlers.texts.doubts import doubt_other_unit
from handlers.texts.examples import correction_example, correction_of, counts_items, report_example, total_of_team
from handlers.texts.figures import CHANNEL_NAMES, total_of, yuan
from handlers.texts.naming import headed, team_name
from handlers.texts.reports import understood
from storage.campaign_schema import Campaign
from storage.models.reports import Report
from storage.models.teams import Team, Total
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


def retracted(done: Booked, campaign: Campaign, several: bool, before: Report | None) -> str:
    """`before`: what she had taken back just before, which 恢复 does not put back any more."""
    report, team = done.report, done.after
    taken = f"撤回的是：{CHANNEL_NAMES[report.channel]}最近一次上报（记到 {yuan(report.amount_fen)} 的那次）"
    other = team.offline if report.channel == "online" else team.online
    kept = f"；{CHANNEL_NAMES['offline' if report.channel == 'online' else 'online']} {yuan(other.amount_fen)} 没有动"
    said = f"已撤回 {understood(done, campaign)}\n{taken}{kept if other.report else ''}\n{_way_back(team, before)}"
    return headed(campaign, several, said)


def _way_back(team: Team, before: Report | None) -> str:
    if before is None:
        return "撤错了请发送“恢复”。"
    line = total_of_team(team.code, before.channel, before.amount_fen, before.donations or None)
    return f"撤错了请发送“恢复”，它只放回这一次；再前面撤回的那次要放回请发送：{line}"


def taken_back_just_now(team: Team, gone: Report, newest: Report) -> str:
    """What she says is why she took the last one back; another one takes the word."""
    return (
        f"刚刚撤回的是 {_withdrawn(team, gone)}，没有再撤。\n"
        f"前一次（记到 {yuan(newest.amount_fen)} 的那次）也要撤回，请发送“撤回”。"
    )


def stands_once(team: Team, newest: Report) -> str:
    """She says that something came twice, and nothing did."""
    return (
        f"{team_name(team)} 最近一次记录（记到 {yuan(newest.amount_fen)} 的那次）和前一次不同，没有重复记，没有撤回。\n"
        "要撤回它请发送“撤回”。"
    )


def cannot_clear(campaign: Campaign | None, code: str) -> str:
    """To the wish that everything be nought; `code`: her team, '' where none is."""
    nought = " ".join(filter(None, ["更正", code, "0元"]))
    change = f"总额要改成0请发送：{nought}"
    if counts_items(campaign):
        change = f"件数要改请发送：{correction_example(campaign)}"
    return (
        "数字不能一次清空，没有改动。撤回您最近一次上报请发送“撤回”；"
        f"{change}\n删除您自己的姓名、电话请发送“注销”，数字保留。"
    )


def moved_not_retracted(team: Team) -> str:
    return (
        f"{team_name(team)} 最近一次记录是从别处改过来的，没有撤回：撤回了两边就都没有这笔数了。\n"
        f"要整笔撤掉请发送“撤回 {team.code}”；改错了地方请再说一次，例如：刚才那笔是线下的"
    )


def no_correction_stands(team: Team) -> str:
    return f"{team_name(team)} 最近一次记录不是更正，没有撤回。要撤回最近一次上报，请说“撤回”。"


def how_to_retract() -> str:
    return "不能确定要撤回哪一次，没有撤回。要撤回您最近一次上报请发送“撤回”；要改数字请说：更正 12340元"


def not_hers(team: Team) -> str:
    """The newest report of the team is another person's, or lies above hers."""
    return (
        f"{team_name(team)} 最近一次记录不是您报的，没有撤回。现在是线上 {total_of(team.online)}，"
        f"线下 {total_of(team.offline)}。\n要撤回它请发送“撤回 {team.code}”；只改总额请说：更正 {team.code} 12340元"
    )


def restored(done: Booked, campaign: Campaign, several: bool) -> str:
    return headed(campaign, several, f"已恢复 {understood(done, campaign)}")


def nothing_withdrawn(campaign: Campaign) -> str:
    if counts_items(campaign):
        return f"件数撤回后不能恢复，没有改动。请再报一次，例如：{report_example(campaign)}"
    return f"您没有可以恢复的撤回记录，没有改动。要报进度请说：{report_example(campaign)}"


def another_withdrawn(team: Team, gone: Report) -> str:
    return f"您最近撤回的是 {_withdrawn(team, gone)}，没有改动。要恢复它请发送“恢复”。"


def booked_since(team: Team, gone: Report) -> str:
    """Both figures, and the line to type: what was withdrawn is not put over what was booked since."""
    stands = team.total(gone.channel)
    line = correction_of(team.code, gone.channel, gone.amount_fen, gone.donations or None)
    return (
        f"撤回之后又有新的记录，没有恢复。\n· 撤回的：{_withdrawn(team, gone)}\n· 现在的：累计 {total_of(stands)}\n"
        f"要改成撤回的数请发送：{line}"
    )


def _withdrawn(team: Team, gone: Report) -> str:
    return f"{team_name(team)}{CHANNEL_NAMES[gone.channel]}累计 {total_of(_total(gone))} 的那次"


def _total(report: Report) -> Total:
    return Total(amount_fen=report.amount_fen, donations=report.donations)
