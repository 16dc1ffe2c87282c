"""Figures that wait for a coordinator: told to who said them, listed, taken, passed, returned."""

from collections.abc import Sequence
from datetime import datetime

from handlers.texts.figures import CHANNEL_NAMES, KIND_NAMES, figures_said, total_of
from handlers.texts.naming import minute_name, office_name, team_name, where_it_went, whom_to_call
from handlers.texts.wording import CONFIRM, echo
from storage.campaign_schema import Campaign
from storage.matters import Raise, Review
from storage.models.people import Grant
from storage.models.teams import Team, Total
from storage.reports import Booked


def limit_said(why: str, campaign: Campaign) -> str:
    """The limit that figures are beyond, by its name, from the campaign's file."""
    limits = campaign.limits
    return {
        "amount": f"一次增加超过{_round_yuan(limits.amount)}",
        "per gift": f"平均每人次超过{_round_yuan(limits.per_gift)}",
        "jump": f"超过已记录的{limits.jump}倍",
        "drop": f"不到已记录的{limits.jump}分之一",
        "offline": "线下的捐款",
    }[why]


def doubt_beyond(why: str, campaign: Campaign) -> str:
    """What is asked before such figures wait."""
    return f"{limit_said(why, campaign)}，要等协调员核实后才记入；请先核对数字、单位和人次"


def waits(review: Review, team: Team, campaign: Campaign) -> str:
    """To who said it: it is kept, and counts nowhere yet."""
    stands = total_of(team.total(review.channel))
    return (
        f"已登记 {review.number} 等协调员核实：{team_name(team)} {said(review)}\n"
        f"{limit_said(review.why, campaign)}，核实前不计入总额和排行，{CHANNEL_NAMES[review.channel]}累计仍是 {stands}。"
        f"有结果会告诉您。\n要撤回请发“撤回 {review.number}”；有疑问请联系 {whom_to_call(campaign)}。"
    )


def waits_for_you(review: Review, team: Team, campaign: Campaign) -> str:
    """To those who decide, once, when it begins to wait."""
    return (
        f"待办 {review.number}：{team_name(team)} {said(review)}"
        f"（{total_of(review.before)} → {total_of(review.reached)}），{limit_said(review.why, campaign)}，等您核实后才计入。\n"
        f"发“接手 {review.number}”由您跟进，核实后发“通过 {review.number}”或“退回 {review.number} 原因”。"
    )


def own_line(review: Review) -> str:
    """On the card of her team."""
    return f"等协调员核实：{review.number} {said(review)}（还没有计入）"


def withdrawn(review: Review, team: Team) -> str:
    return (
        f"已撤回 {review.number}：{team_name(team)} {said(review)}，不再等核实。\n"
        f"{CHANNEL_NAMES[review.channel]}累计 {total_of(team.total(review.channel))} 不变。"
    )


def said(review: Review) -> str:
    """What was said: `累计（线上） 50,000.00元 300人次`."""
    return f"{_kind(review)} {figures_said(review.amount_fen, review.donations or None)}"


def docket_line(review: Review, team: Team, campaign: Campaign, now: datetime) -> str:
    """A line of 待办: what, whose, from where to where, why, since when, who looks after it."""
    taken = "｜已有人接手" if review.owner else ""
    hours = int((now - review.at).total_seconds() // 3600)
    since = f"等了{hours}小时" if hours else minute_name(campaign.local(review.at))
    return (
        f"{review.number} {team_name(team)} {said(review)}（{total_of(review.before)} → {total_of(review.reached)}）"
        f"｜{limit_said(review.why, campaign)}｜{since}{taken}{where_it_went(team)}"
    )


def one(review: Review, team: Team, campaign: Campaign, now: datetime) -> str:
    """A matter by its number: as in 待办, and what can be done; or what became of it."""
    line = docket_line(review, team, campaign, now)
    if review.state == "open":
        return f"{line}\n发“接手 {review.number}”“通过 {review.number}”或“退回 {review.number} 原因”。"
    done = {"passed": "通过", "returned": "退回", "withdrawn": "撤回"}[review.state]
    return f"{line}\n{_second(campaign, review.decided_at)} 已{done}，发“明细 {team.code}”看经过。"


def docket(lines: Sequence[str], end: int, of: int) -> str:
    more = f"\n（{end}/{of}，后面的发“更多”）" if end < of else ""
    listed = "\n".join(lines)
    return f"待核实的数字 {of}条：\n{listed}{more}\n发“接手 D12”“通过 D12”或“退回 D12 原因”，换成上面的编号。"


def taken(review: Review, team: Team, campaign: Campaign) -> str:
    return (
        f"已接手 {review.number}：{team_name(team)} {said(review)}\n"
        f"累计 {total_of(review.before)} → {total_of(review.reached)}｜{limit_said(review.why, campaign)}\n"
        f"核实后发“通过 {review.number}”或“退回 {review.number} 原因”。"
    )


def taken_before(review: Review, whose: str, campaign: Campaign) -> str:
    at = f"{_second(campaign, review.taken_at)} " if review.taken_at else ""
    return f"{review.number} 已由{whose}在 {at}先接手，不能再接手；您仍可以通过或退回。"


def passed(booked: Booked, number: str, understood: str) -> str:
    told = "已通知队长。" if booked.after.captains else ""
    return f"已通过 {number}，已记入：{understood}\n{told}如有误，发“撤销”退回。"


def returned(review: Review, team: Team, reason: str) -> str:
    because = f"原因：{echo(reason)}。" if reason else ""
    told = "已通知队长。" if team.captains else ""
    return f"已退回 {review.number}：{team_name(team)} {said(review)}，没有记入。{because}{told}\n如有误，发“撤销”恢复到待办。"


def returned_before(review: Review, team: Team, campaign: Campaign) -> str:
    """She gives back once more what she gave back: nothing is sent again."""
    return (
        f"已退回 {review.number}（{team_name(team)}）：{_second(campaign, review.decided_at)}已通知队长，没有再通知一次。\n"
        f"要补充说明请发“电话 {team.code}”联系队长；要换原因，先发“撤销”，再发“退回 {review.number} 原因”。"
    )


def ask_moved(review: Review, team: Team, present: Total, reached: Total) -> str:
    """The team has moved since: what passing would make of it now."""
    return (
        f"{review.number} 还没有通过：{team_name(team)} 之后有了新的记录。\n"
        f"队长说的是：{said(review)}（当时 {total_of(review.before)} → {total_of(review.reached)}）\n"
        f"现在通过的话，{CHANNEL_NAMES[review.channel]}累计：{total_of(present)} → {total_of(reached)}。\n"
        f"不对的话，发“退回 {review.number} 原因”。\n{CONFIRM}"
    )


def outdated(review: Review, team: Team) -> str:
    """What was said fits no longer."""
    stands = total_of(team.total(review.channel))
    return (
        f"{team_name(team)} 之后有了新的记录，{review.number}（{said(review)}）已经接不上，不能通过。\n"
        f"现在{CHANNEL_NAMES[review.channel]}累计 {stands}。请发“退回 {review.number} 原因”，请队长报现在的累计。"
    )


def decided_before(review: Review | Raise, whose: str, campaign: Campaign) -> str:
    """Somebody else was first, or its sender took it back."""
    done = {"passed": "通过", "returned": "退回", "withdrawn": "撤回"}[review.state]
    at = f" {_second(campaign, review.decided_at)} " if review.decided_at else ""
    return f"{review.number} 已由{whose}在{at}{done}，不能再办，没有改动。发“待办”看还有哪些。"


def told_passed(office: str, team: Team, review: Review, reached: Total) -> str:
    return (
        f"{office}通过了 {review.number}：您的队伍 {team_name(team)} {said(review)}，"
        f"{CHANNEL_NAMES[review.channel]}累计现在是 {total_of(reached)}。与您的数字不符的话，发“更正 {team.code} 正确的累计”即可。"
    )


def told_returned(office: str, team: Team, review: Review, reason: str) -> str:
    because = f"原因：{echo(reason)}。" if reason else ""
    stands = total_of(team.total(review.channel))
    return (
        f"{office}退回了 {review.number}：您的队伍 {team_name(team)} {said(review)}，没有记入。{because}"
        f"{CHANNEL_NAMES[review.channel]}累计仍是 {stands}；核对后可以随时重新上报。"
    )


def told_undone(office: str, team: Team, review: Review) -> str:
    return (
        f"{office}撤销了对 {review.number} 的处理：您的队伍 {team_name(team)} {said(review)} 重新等待核实，暂不计入。"
    )


def undone(review: Review, team: Team) -> str:
    told = "已通知队长。" if team.captains else ""
    return f"已撤销 对 {review.number} 的处理，{team_name(team)} {said(review)} 回到待办，没有计入。{told}"


def which_number(word: str) -> str:
    """A word without a number, or with a bare one."""
    return f"请带上编号，编号带字母，例如：{word} D12。光有数字不能办；发“待办”查看编号。"


def which_of_team(word: str, team: Team, lines: Sequence[str]) -> str:
    listed = "\n".join(lines)
    return f"{team_name(team)} 有几条等待核实，请用编号，例如：{word} {team.held[0]}\n{listed}"


def by_coordinators(word: str, campaign: Campaign) -> str:
    return (
        f"“{word}”由协调员核实数字时用，您现在不能使用。要撤回自己报的数字请发“撤回”；"
        f"催问进展请联系 {whom_to_call(campaign)}。"
    )


def off_the_lists(team: Team, number: str) -> str:
    if team.status == "merged":
        return f"{team_name(team)} 已并入 #{team.into}，{number} 不能通过。请发“退回 {number} 原因”，请队长用 #{team.into} 上报。"
    return (
        f"{team_name(team)} 已停用，{number} 不能通过。要通过请先发“启用 {team.code}”，不通过请发“退回 {number} 原因”。"
    )


def moved_meanwhile(number: str) -> str:
    return f"{number} 刚刚有变动，这次没有办成，不能确定结果。发“待办”看看再操作。"


def not_withdrawn(review: Review, team: Team) -> str:
    """She takes back what does not wait any more."""
    done = {"open": "还在等待核实", "passed": "已经通过记入", "returned": "已经退回", "withdrawn": "已经撤回"}[
        review.state
    ]
    instead = f"；要撤回请发“撤回 {team.code}”" if review.state == "passed" else ""
    return f"{review.number}（{team_name(team)}）{done}，不能这样撤回{instead}。发“我的队伍”看现在的数字。"


def whose_office(campaign: Campaign, grant: Grant | None) -> str:
    """Who was first, by office, never by name."""
    return office_name(campaign, grant) if grant else "上报的人"


def _kind(review: Review) -> str:
    return f"{KIND_NAMES[review.said_as]}（{CHANNEL_NAMES[review.channel]}）"


def _round_yuan(fen: int) -> str:
    return f"{fen // 1_000_000}万元" if fen % 1_000_000 == 0 else f"{fen / 100:g}元"


def _second(campaign: Campaign, at: datetime | None) -> str:
    return f"{minute_name(campaign.local(at))}:{campaign.local(at):%S}" if at else ""
