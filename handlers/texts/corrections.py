"""A report set right: the total that is asked for, what would change, what changed."""

from collections.abc import Sequence

from handlers.texts.doubts import DOUBTFUL_FIGURES
from handlers.texts.examples import correction_example
from handlers.texts.figures import CHANNEL_NAMES, KIND_NAMES, total_of, yuan
from handlers.texts.naming import headed, team_name
from handlers.texts.reports import understood
from handlers.texts.wording import CONFIRM, echo, numbered
from storage.campaign_schema import Campaign
from storage.models.reports import Report
from storage.models.teams import Channel, Team, Total
from storage.reports import Booked


def how_to_correct() -> str:
    return "请说正确的累计金额，例如：更正 12340元，或：更正 12340元 321人次"


def unclear(reason: str, words: str) -> str:
    """Why the right figure is not taken, in her own words."""
    why = DOUBTFUL_FIGURES.get(reason, DOUBTFUL_FIGURES["unclear"])
    return f"“{echo(words, 40)}”{why}，没有改动，不能直接改。请发准确的累计金额，例如：{correction_example(None)}"


def one_team_a_line(words: str) -> str:
    """To figures of several teams that are put right in one message."""
    return f"“{echo(words, 40)}”里有好几支队伍的编号，没有改动，不能一起改。请一支队伍一条，例如：更正 0012 12340元 321人次"


def ask_channel(team: Team, channels: Sequence[Channel]) -> str:
    lines = [f"{CHANNEL_NAMES[channel]}（现在 {total_of(team.total(channel))}）" for channel in channels]
    return f"{team_name(team)} 线上线下都有记录，还没有更正。要更正哪一个？请回复数字：\n{numbered(lines)}"


def corrected(done: Booked, campaign: Campaign, several: bool) -> str:
    return headed(campaign, several, f"已更正 {understood(done, campaign)}")


def ask_correction(team: Team, channel: Channel, reached: Total, doubts: Sequence[str]) -> str:
    listed = "\n".join(f"· {doubt}" for doubt in doubts)
    return (
        f"还没有更正，请核对 {team_name(team)}：\n{listed}\n"
        f"{CHANNEL_NAMES[channel]}累计将改为 {total_of(reached)}。\n{CONFIRM}"
    )


def moved_meanwhile(team: Team) -> str:
    return (
        f"{team_name(team)} 的记录刚刚有变化，没有改动。现在是线上 {total_of(team.online)}，"
        f"线下 {total_of(team.offline)}，请核对后再发一次。"
    )


def put_aside(team: Team) -> str:
    """To a figure of another team in place of the total that was asked for."""
    return f"刚才 {team_name(team)} 的更正先放下了，没有改动；还要改的话，请发：更正 {team.code} 正确的累计"


def ask_total(team: Team, newest: Report) -> str:
    stands = total_of(Total(amount_fen=newest.amount_fen, donations=newest.donations))
    return (
        f"{team_name(team)} {CHANNEL_NAMES[newest.channel]}现在累计 {stands}。\n"
        "请告诉我正确的累计总额，例如：12340元。离开请说“算了”。"
    )


def ask_count(team: Team, newest: Report) -> str:
    """Only that the 人次 was wrong is said."""
    stands = total_of(Total(amount_fen=newest.amount_fen, donations=newest.donations))
    return (
        f"{team_name(team)} {CHANNEL_NAMES[newest.channel]}现在累计 {stands}。\n"
        "请告诉我正确的累计人次，例如：321人次。离开请说“算了”。"
    )


def ask_right_total(team: Team, newest: Report, old_fen: int | None) -> str:
    """The report she means is not the newest one: nothing is guessed, the right total is asked for."""
    missing = f"，不是 {yuan(old_fen)}" if old_fen is not None and old_fen != newest.amount_fen else ""
    stands = total_of(Total(amount_fen=newest.amount_fen, donations=newest.donations))
    return (
        f"{team_name(team)} {CHANNEL_NAMES[newest.channel]}最近一次记录后累计 {stands}{missing}，还没有改动。\n"
        "更早的一次不能单独改，请告诉我现在正确的累计总额，例如：12340元。离开请说“算了”。"
    )


def ask_right_count(team: Team, newest: Report, old: int | None) -> str:
    """The 人次 that she takes back is not the newest one, or of another day."""
    missing = f"，不是 {old}人次" if old is not None and old != newest.donations else ""
    return (
        f"{team_name(team)} {CHANNEL_NAMES[newest.channel]}最近一次记录后累计 {newest.donations}人次{missing}，还没有改动。\n"
        "更早的一次不能单独改，请告诉我现在正确的累计人次，例如：321人次。离开请说“算了”。"
    )


def say_the_total() -> str:
    return "请发送现在正确的累计总额，例如：12340元 321人次；离开请说“算了”。"


def say_the_count() -> str:
    return "请发送现在正确的累计人次，例如：321人次；离开请说“算了”。"


def nothing_to_change(team: Team, newest: Report) -> str:
    stands = total_of(Total(amount_fen=newest.amount_fen, donations=newest.donations))
    return f"{team_name(team)} 已经是这样记录的：{CHANNEL_NAMES[newest.channel]}累计 {stands}，没有改动。金额要改请发：{correction_example(None)}"


def read_as_added(newest: Report) -> str:
    """To a right figure below all that stood before the newest report."""
    added = yuan(newest.amount_fen - newest.previous_amount_fen)
    return f"按刚才那次新增的 {added} 报错了理解，前面的 {yuan(newest.previous_amount_fen)} 不变"


def read_as_the_total(newest: Report, right_fen: int) -> str:
    """To a right figure that may as well be of what the newest report added."""
    added = yuan(newest.amount_fen - newest.previous_amount_fen)
    return f"按累计总额理解；如果是刚才那次新增的数错了，请说：不是{added}，是{yuan(right_fen)}"


def read_otherwise(newest: Report, kind: str) -> str:
    stands = total_of(Total(amount_fen=newest.amount_fen, donations=newest.donations))
    return f"刚才按“{KIND_NAMES[newest.kind]}”记成了 {stands}，现在改按“{KIND_NAMES[kind]}”理解"


DOUBTS = {
    "strange": "没有看懂，怕理解错了",
    "question": "像是在问，不知道是不是要改",
    "other": "像是别的单位的数字",
    "larger": "像是更大范围的数字",
    "part": "像是其中一部分人的数字",
    "giver": "像是一个人的捐款",
    "out": "像是支出的钱",
    "past": "像是以前活动的数字",
    "day": "像是别的日子的数字",
    "goal": "像是目标，不是已经筹到的",
    "if": "像是还没有定的数字",
}


def doubted(reason: str, words: str) -> str:
    """Why a correction is shown before it is made, quoting her words."""
    if reason == "unsure":
        return "没有说明白哪个是正确的数字，按下面这样理解"
    said = f"“{echo(words, 20)}”" if words else "这句话"
    return f"{said}{DOUBTS.get(reason, '不能确定是什么意思')}"


SLIPS = {"nought more": "按多写了一个0理解", "nought less": "按少写了一个0理解", "swapped": "按金额和人次写反了理解"}


def slip(name: str) -> str:
    return SLIPS[name]


def more_than_stands(stands: Total) -> str:
    return f"要减去的比已记录的还多，没有改动，不能直接改。现在累计 {total_of(stands)}，请说正确的累计金额，例如：更正 12340元"


def none_in_channel(team: Team, channel: Channel, line: str) -> str:
    """Something stands, but not in the channel that she names. `line`: with which that is reported; '' for none."""
    name = CHANNEL_NAMES[channel]
    report = f"要报{name}的，请发：{line}" if line else f"要报{name}的，请带上{name}和金额。"
    return f"{team_name(team)} {name}还没有记录，没有更正，不能改。{report}"
