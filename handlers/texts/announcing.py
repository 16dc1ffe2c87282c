"""催报 and 通知: what a coordinator is shown before she says yes, what came of it, and what captains read.

A reminder speaks of reports alone; nothing here says who gave, or that anybody should.
"""

import re
from collections.abc import Sequence

from handlers.language.text import clean
from handlers.texts.examples import report_example
from handlers.texts.naming import hour_name, team_name, whom_to_call
from handlers.texts.pushes import CHANNELS
from handlers.texts.team_lists import LISTS
from handlers.texts.wording import CONFIRM, echo, listed, within
from storage.announcements import PUSHES_A_DAY, Told
from storage.campaign_schema import Campaign
from storage.campaign_settings import QuietHours
from storage.models.teams import Team

_WAYS = {**CHANNELS, "mailbox": "信箱（下次发消息时看到）"}
_SIGNS = dict(zip(",?!:;", "，？！：；", strict=True))
_AFTER_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff])[,?!:;]")
_TO_SEE_THEM = {
    "unclaimed": "发“队伍 待认领”看名单，把认领码转给要当队长的人。",
    "unteamed": "发“队伍 未组队”看名单。",
    "disabled": "发“队伍 停用”看名单，启用后再通知。",
}
_ROOM = 160
"""Bytes of team codes in one line of a preview."""


def reminder(campaign: Campaign, office: str, teams: Sequence[Team]) -> str:
    """What the captain of teams not heard of today reads."""
    names = listed([team_name(team) for team in teams])
    return (
        f"【{office}提醒】{names} 今天还没有收到进度消息。有新的数字，方便时报一声就好，"
        f"例如“{report_example(campaign)}”；没有变化，发“今天没有新增”也行。什么时候报、报不报，都由您定，辛苦了。"
    )


def notice(office: str, words: str) -> str:
    """A coordinator's own words, headed by her office."""
    return f"【{office}通知】{words}"


def as_shown(said: str) -> str:
    """Her words as they will stand: without markup, in one paragraph, and without the bot's own word for a yes."""
    words = " ".join(clean(said, len(said)).split()).replace("确认", "核实")
    return _AFTER_CHINESE.sub(lambda sign: _SIGNS[sign[0]], words)


def ask_reminder(where: str, told: Told, left_out: Sequence[str], shown: str) -> str:
    head = f"【{where}·催报预览】今天还没有消息、能提醒到的队伍 {_teams(told)} 支，队长 {told.captains} 位："
    return "\n".join([head, *_ways(told), *left_out, f"队长会看到：\n“{shown}”", f"要发出吗？{CONFIRM}"])


def whose(where: str, which: str) -> str:
    """`镇雄县`, `镇雄县未达标的队伍`: whose captains a notice goes to."""
    return where if which == "listed" else f"{where}{LISTS[which]}"


def ask_notice(where: str, told: Told, left_out: Sequence[str], shown: str, held: QuietHours | None) -> str:
    """`held`: the quiet hours that hold it now, None where none do."""
    head = f"【{where}·通知预览】队伍 {_teams(told)} 支，{_people(told)}："
    later = [f"现在是免打扰时段，{hour_name(held.end)}后送达。"] if held else []
    return "\n".join([head, *_ways(told), *left_out, *later, f"队长会看到：\n“{shown}”", f"要发出吗？{CONFIRM}"])


def _people(told: Told) -> str:
    return f"队长 {told.captains} 位" + (f"，联络员 {told.liaisons} 位" if told.liaisons else "")


def left_out(unled: Sequence[str], reminded: Sequence[str], enough: Sequence[str]) -> list[str]:
    """Whom it does not go to, and why."""
    return [
        *_line("还没有队长", unled),
        *_line("今天已提醒过", reminded),
        *_line(f"队长今天已收到{PUSHES_A_DAY}条，不再打扰", enough),
    ]


def reminded(told: Told) -> str:
    head = f"已催报 {_teams(told)} 支队伍，队长 {told.captains} 位，每队每天只提醒一次："
    return "\n".join([head, *_ways(told), "谁有了消息，发“未报”看。要打电话请发“电话 编号”。"])


def reminded_one(told: Told) -> str:
    """What came of one team of several that were ticked."""
    return f"已提醒队长（{'、'.join(_WAYS.get(way, way) for way in told.ways)}）"


def not_silent(team: Team) -> str:
    return f"{team_name(team)} 今天已有消息，或不在名单上，不用再提醒。"


def notified(told: Told) -> str:
    head = f"已通知 {_teams(told)} 支队伍，{_people(told)}："
    return "\n".join([head, *_ways(told), "送达不明的会出现在“待办”里。"])


def nobody_to_remind(reminded: Sequence[str], unled: Sequence[str], enough: Sequence[str]) -> str:
    if not (reminded or unled or enough):
        return "今天都有消息了，不能也不用再催报，辛苦了。"
    others = "\n".join(left_out(unled, reminded, enough))
    return f"现在没有还能提醒的队长，不能再催报：\n{others}\n要联系队长请发“电话 编号”。"


def nobody_to_notify(which: str, *, said_before: bool, enough: Sequence[str]) -> str:
    if said_before:
        return "同样的话今天已经通知过，不能重复发。要补充请换一种说法再发。"
    if enough:
        return f"队长们今天都已收到{PUSHES_A_DAY}条，不能再发通知。请明天再发，急事请发“电话 编号”联系。"
    if which != "listed":
        return f"现在没有能通知到的{LISTS[which]}，没有发出，不能发通知。要发给全部请发“通知 全部 内容”。"
    return "辖区里还没有能通知到的队长，不能发通知。发“队伍 待认领”看要认领的队伍。"


def not_led(which: str) -> str:
    """A notice for teams, or units, that have no captain who could read it, or none who takes part."""
    return f"{LISTS[which]}没有能收通知的队长，不能发通知。{_TO_SEE_THEM[which]}要发给全部请发“通知 全部 内容”。"


def to_whom() -> str:
    """It could not be told whom the words ahead mean and which words are to be read."""
    return (
        "没有看懂要发给哪些队伍，没有发出，不能发通知。请把对象单独写在前面，后面空一格，例如：通知 未报 今晚方便时报一声；"
        "只请没消息的队长报一声，发“催报”；发给全部，发“通知 全部 内容”。"
    )


def how_to_notify() -> str:
    return "没有内容，不能发通知。请把要说的话写在后面，例如：通知 明早10点开始配捐"


def dropped() -> str:
    """Behind why another notice cannot be sent."""
    return "前面等您答复的那条通知没有发出，已经放下。"


def kept_back() -> str:
    """A notice is not sent, and her words are not put into it one by one."""
    return "好的，通知没有发出，内容没有改。要发改过的，请重发整条，例如：通知 明早10点开始配捐"


def goes_to_all(code: str) -> str:
    """One team stands ahead of the words, and a notice goes to every captain."""
    return (
        f"“通知”发给辖区里的每一位队长，不能只发给 #{code}，没有发出。找这支队伍的队长请发“电话 {code}”；"
        f"这些话确实要发给大家，请发“通知 全部 {code} …”。"
    )


def too_long(letters: int, most: int) -> str:
    return f"通知最多{most}字，这条有{letters}字，不能发。请写短一些，细节放在群里。"


def presses(said: str, instead: str, campaign: Campaign) -> str:
    """A notice that presses is refused: which word, the rule and where it stands, and what to write instead."""
    policy = campaign.policy
    source = f"（{policy.voluntary_source}）" if policy.voluntary_source else ""
    return f"通知里有“{echo(said)}”，不能发：{policy.voluntary}{source}。可以这样改：{instead}。"


def too_many_teams(most: int) -> str:
    return f"一次最多发给{most}支队伍，不能一起发。请按县区分开，例如“催报 县区”“通知 县区 内容”。"


def reminders_are_off() -> str:
    return "本次活动不列出没有消息的队伍，不能催报。发“队伍”看辖区的全部队伍。"


def no_reports_now(campaign: Campaign) -> str:
    return f"“{campaign.short}”现在不收上报，不能催报。发“战报”看总体情况。"


def quiet_now(campaign: Campaign) -> str:
    return f"现在是免打扰时段，不能催报，{hour_name(campaign.quiet_hours.end)}以后再发。"


def no_such_region(said: str) -> str:
    return f"没有找到县区或队伍“{echo(said, 20)}”，不能催报。只发“催报”就是您的整个辖区，一支队伍请发“催报 编号”。"


def which_to_remind(teams: Sequence[Team]) -> str:
    """Several teams are called so."""
    names = listed([team_name(team) for team in teams])
    return f"叫这个名称的有{len(teams)}支：{names}。还没有发出，请发：催报 {teams[0].code}"


def changed_meanwhile() -> str:
    return "队伍刚刚有变动，这次没有发出，不能算数。请再发一次看预览。"


def reminders_are_not_yours(campaign: Campaign) -> str:
    return f"“催报”是协调员提醒队长用的，您现在不能使用。报自己队的进度，例如：{report_example(campaign)}"


def notices_are_not_yours(campaign: Campaign) -> str:
    return (
        f"“通知”是协调员发给队长用的，您现在不能使用。活动的规定可以直接问；想收战报发“订阅”；"
        f"要请协调员转告，联系{whom_to_call(campaign)}。"
    )


def _teams(told: Told) -> int:
    return sum(map(len, told.ways.values()))


def _ways(told: Told) -> list[str]:
    """A line for each way: how many teams it reaches, and the first of them."""
    order = [way for way in _WAYS if way in told.ways]
    return [line for way in order for line in _line(_WAYS[way], told.ways[way])]


def _line(why: str, codes: Sequence[str]) -> list[str]:
    if not codes:
        return []
    shown = within([f"#{code}" for code in codes], _ROOM)
    return [f"{why} {len(codes)} 支：{'、'.join(shown)}{'等' if len(shown) < len(codes) else ''}"]
