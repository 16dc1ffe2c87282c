"""Progress in money: asked for, booked with its echo, or not booked and why."""

from collections.abc import Sequence

from handlers.texts.doubts import DOUBTFUL_FIGURES
from handlers.texts.examples import report_example
from handlers.texts.figures import CHANNEL_NAMES, KIND_NAMES, kind_name, total_of, yuan
from handlers.texts.naming import headed, minute_name, team_name, whom_to_call
from handlers.texts.wording import CONFIRM, echo, numbered
from storage.campaign_schema import Campaign
from storage.models.teams import Channel, Team, Total
from storage.reports import Booked


def how_to_report() -> str:
    return (
        "请说金额，有人次也请带上，例如：\n"
        "进度 12345.67元 321人次（累计）\n今天新增2000（今日累计）\n又筹了500（新增）\n线下 5000（线下收到的）"
    )


def match_not_reported() -> str:
    return "配捐以平台数据为准，不能在这里上报，也没有记录。请只报捐款，例如：进度 12345.67元 321人次"


WAITS_FOR_YES = f"刚才的数字还没记录，{CONFIRM}"


def refused(reason: str, words: str, instead: str) -> str:
    """Why nothing is recorded, in her own words, and what to type instead."""
    why = DOUBTFUL_FIGURES.get(reason, DOUBTFUL_FIGURES["unclear"])
    said = f"“{echo(words, 40)}”" if words else ""
    return f"{said}{why}，没有记录，不能直接记。\n{instead}"


def total_instead(team: Team, lines: Sequence[str]) -> str:
    return f"是 {team_name(team)} 的累计，请发：{'，或：'.join(lines)}"


def increment_instead(team: Team, line: str) -> str:
    return f"如果还没有算进 {team_name(team)} 的总额，请发：{line}"


def one_team_instead(line: str) -> str:
    return f"请一支队伍一条，带上编号，请发：{line}"


def apart_instead(team: Team, stays: Channel, line: str) -> str:
    """`line`: both totals, where that of the channel that `stays` is what is recorded."""
    now = f"{CHANNEL_NAMES[stays]}如果还是 {total_of(team.total(stays))}"
    return f"{now}，{team_name(team)} 请发：{line}"


def example_instead(team: Team) -> str:
    return f"要报 {team_name(team)} 的累计，请发准确的金额，例如：{report_example()}"


def farmed(campaign: Campaign, rule: str) -> str:
    """Of a figure that was made to look so. `rule`: the campaign's own answer, with its source; '' where it has none."""
    answer = rule or f"{campaign.policy.voluntary}。请联系 {whom_to_call(campaign)}。"
    return f"这样来的数字没有记录，不能上报。\n{answer}"


def impossible_close(team: Team) -> str:
    why = f"昨天的数字和 {team_name(team)} 已有的记录对不上，没有记录，不能直接记。"
    return f"{why}请发现在的累计总额，例如：{report_example()}"


def one_team_a_line(lines: Sequence[str]) -> str:
    """`lines`: each team with its figure."""
    told = "：\n" + "\n".join(lines) if lines else "，带上编号或单位名称。"
    return f"一条里有几支队伍的数字，没有都看懂，都没有记录，不能直接记。请一支队伍发一条{told}"


def nothing_asked() -> str:
    """A zero report in the form of a question."""
    return "还没有记录。今天确实没有新增的，请发：今天没有新增"


def nothing_new(team: Team, campaign: Campaign, several: bool) -> str:
    """A zero report."""
    said = f"已记录 {team_name(team)} 今天没有新增，数字不变：{total_of(team.online)}"
    return headed(campaign, several, said)


_KIND_LINES = {
    "total": "累计共 {said}，总额 {now}",
    "day": "今天一共 {said}，总额变为 {now}",
    "increment": "在原有基础上新增 {said}，总额变为 {now}",
}


def ask_kind(
    said: str, team: Team, present: Total, outcomes: Sequence[tuple[str, Total]], doubts: Sequence[str], line: str
) -> str:
    """Which of several kinds a figure is, each with the total that it would lead to.

    `line`: what to type where it is the total, which is none of them; '' where it is.
    """
    choices = numbered([_KIND_LINES[kind].format(said=said, now=total_of(reached)) for kind, reached in outcomes])
    why = "".join(f"· {doubt}\n" for doubt in doubts)
    head = f"还没有记录，请核对：\n{why}" if doubts else ""
    total = f"\n要把总额改成它，请发送：{line}" if line else ""
    return f"{head}{team_name(team)} 目前记录 {total_of(present)}。{said} 指的是？请回复数字：\n{choices}{total}"


def waits_for_kind(said: str, kinds: Sequence[str]) -> str:
    """Which figure waits for its kind, and the number of each that it may be."""
    options = "，".join(f"{number} {KIND_NAMES[kind]}" for number, kind in enumerate(kinds, 1))
    return f"刚才的 {said} 还没记录，请回复数字：{options}"


def left_out(said: str) -> str:
    """`said`: the figures that waited for her answer when she told others."""
    return f"前面等您答复的 {said} 没有记录；还要记，请再发一次。"


def ask_doubts(team: Team | None, outcomes: Sequence[tuple[str, Total]], doubts: Sequence[str]) -> str:
    """What is doubted, what would be recorded, and the one yes."""
    listed = "\n".join(f"· {doubt}" for doubt in doubts)
    whose = f"请核对 {team_name(team)}" if team else "请核对"
    told = "\n".join(f"按“{kind}”理解，将记为 {total_of(reached)}。" for kind, reached in outcomes)
    return f"还没有记录，{whose}：\n{listed}\n{told}\n{CONFIRM}"


def booked(done: Booked, campaign: Campaign, several: bool) -> str:
    return headed(campaign, several, f"已记录 {understood(done, campaign)}")


def understood(done: Booked, campaign: Campaign) -> str:
    """What was understood, from X to Y, and the rank."""
    team, report = done.after, done.report
    now = team.total(report.channel)
    lines = [
        f"{team_name(team)}·{campaign.project(team.project).name}",
        f"方式：{kind_name(report.kind, report.channel)}",
        f"{CHANNEL_NAMES[report.channel]}金额：{yuan(done.before.amount_fen)} → {yuan(now.amount_fen)}",
    ]
    if report.as_of:
        lines.append(f"截至：{minute_name(campaign.local(report.as_of))}")
    if done.before.donations or now.donations:
        stood = f"{done.before.donations} → " if done.before.donations != now.donations else ""
        lines.append(f"人次：{stood}{now.donations}")
    if team.offline.report and team.online.report:
        lines.append(f"线上线下合计：{yuan(team.amount_fen)}")
    if done.rank and campaign.ranking.mode != "off":
        lines.append(f"排名：第{done.rank}名")
    if team.held:
        lines.append(f"另有等协调员核实的：{'、'.join(team.held)}（还没有计入）")
    return "\n".join(lines)


def nothing_reported(team: Team, line: str = "") -> str:
    """Nothing stands that could be put right or taken back. `line`: with which her figures are reported; '' for none."""
    if team.held:
        waits = "、".join(team.held)
        return (
            f"{team_name(team)} 报的数字还在等协调员核实（{waits}），没有记入，不能更正。"
            f"要改，请先发“撤回 {team.held[-1]}”，再报正确的数字。"
        )
    none = f"{team_name(team)} 还没有可以更正或撤回的记录"
    return f"{none}，没有记入。要报这个数，请发：{line}" if line else f"{none}。报进度请说“进度 12345.67元 321人次”。"


def reporting_closed(campaign: Campaign) -> str:
    return f"“{campaign.short}”现在不在上报时间内，不能记录。有问题请联系 {whom_to_call(campaign)}。"


def team_still_waits(team: Team) -> str:
    return f"{team_name(team)} 还在等协调员通过，通过后才能报进度，现在不能记录。"


def team_rejected(team: Team) -> str:
    return f"{team_name(team)} 没有通过审核，不能报进度。"
