"""What the platform's total and the reported one differ by: listed, decided upon, told to the captain."""

from collections.abc import Mapping, Sequence

from handlers.texts.figures import figures_said, yuan
from handlers.texts.naming import minute_name, office_name, team_name, where_it_went, whom_to_call
from handlers.texts.wording import CONFIRM, echo
from storage.campaign_schema import Campaign
from storage.matters import Difference
from storage.models.people import Grant
from storage.models.teams import Team, Total
from storage.reports import Booked
from storage.strays import Stray

HOW = "发“采用平台 D12”“保留上报 D12”或“请队长核对 D12”，换成上面的编号。"
_DONE = {"adopted": "采用平台", "kept": "保留上报", "settled": "两边已经一致", "merged": "随队伍合并"}


def three_ways(campaign: Campaign, difference: Difference) -> str:
    """`上报2,800.00元｜平台已核定3,000.00元（截至5月8日21:00）｜上次核定2,500.00元`"""
    last = "无" if difference.confirmed_fen is None else yuan(difference.confirmed_fen)
    as_of = minute_name(campaign.local(difference.as_of))
    older = f"，其中{yuan(difference.older_fen)}的页面这次没有数据，按上次的计" if difference.older_fen else ""
    return f"上报{reported(difference)}｜平台已核定{platform_said(difference)}（截至{as_of}{older}）｜上次核定{last}"


def reported(difference: Difference) -> str:
    return "无" if difference.reported_fen is None else yuan(difference.reported_fen)


def platform_said(difference: Difference) -> str:
    return figures_said(difference.platform_fen, difference.platform_donations)


def line(campaign: Campaign, difference: Difference, team: Team) -> str:
    """A line of 待办 and of 差异."""
    asked = "｜已请队长核对" if difference.asked_at else ""
    how = "只在平台"
    if difference.reported_fen is not None:
        how = f"相差{yuan(abs(difference.platform_fen - difference.reported_fen))}"
    return (
        f"{difference.number} {team_name(team)} {three_ways(campaign, difference)}｜{how}{asked}{where_it_went(team)}"
    )


def listed(lines: Sequence[str], end: int, of: int) -> str:
    more = f"\n（{end}/{of}，后面的发“更多”）" if end < of else ""
    joined = "\n".join(lines)
    return f"与平台相差 {of}条（三方差异）：\n{joined}{more}\n{HOW}"


def to_do(lines: Sequence[str], of: int) -> str:
    """The part of 待办: the first ones, and where the rest is."""
    joined = "\n".join(lines)
    rest = f"\n…共{of}条，全部请发“差异”" if len(lines) < of else ""
    return f"与平台相差 {of}条：\n{joined}{rest}\n{HOW}"


def strays(campaign: Campaign, found: Sequence[Stray], teams: Mapping[str, Team], shown: int) -> str:
    """Rows of the platform's tables that are nobody's; `teams`: the likeliest ones, by code."""
    lines = []
    for stray in found[:shown]:
        likeliest = next((teams[code] for code in stray.likely[:1] if code in teams), None)
        perhaps = f"，可能是 {team_name(likeliest)}" if likeliest else ""
        lines.append(f"· {echo(stray.name or stray.page)} {figures_said(stray.amount_fen, stray.donations)}{perhaps}")
    rest = [f"· ……另有{len(found) - shown}行"] if len(found) > shown else []
    newest = minute_name(campaign.local(max(stray.as_of for stray in found)))
    how = "知道是哪支队伍的，请在表里加“编号”一列，写上队伍编号再导入。"
    if campaign.frozen:
        how = "数字已经定稿，不能再导入；知道是哪支队伍的，由组织方发“改定稿 0012 正确的累计 原因”。"
    elif campaign.platform_domains and any(stray.page for stray in found):
        how += "发“链接 0012 页面网址”登记过的，下次导入就认得。"
    told = "\n".join([*lines, *rest])
    return f"只在平台，不知道是哪支队伍的 {len(found)}行（截至{newest}）：\n{told}\n{how}"


def wait_for_you(campaign: Campaign) -> str:
    """To those who look after a region, once an import."""
    return f"【{campaign.short}】平台的数字导入了，您的辖区有队伍与上报的不一样。发“差异”逐条处理，不急，先请队长核对也可以。"


def none_open() -> str:
    return "没有与平台相差、等您处理的队伍。"


def card(campaign: Campaign, difference: Difference, team: Team) -> str:
    """One difference, and what may be done about it."""
    if difference.state == "open":
        return f"{line(campaign, difference, team)}\n{how_to_decide(difference.number)}"
    return f"{line(campaign, difference, team)}\n已处理：{_DONE[difference.state]}。平台的数字再变时会重新列进“待办”。"


def how_to_decide(number: str) -> str:
    return f"{number} 是与平台相差的数字，请发“采用平台 {number}”“保留上报 {number}”或“请队长核对 {number}”。"


def adopted(booked: Booked, difference: Difference) -> str:
    told = "已通知队长。" if booked.after.captains else ""
    return (
        f"已更正 {difference.number} 采用平台：{team_name(booked.after)} 线上累计"
        f"{yuan(booked.before.amount_fen)} → {figures_said(booked.report.amount_fen, booked.report.donations or None)}。"
        f"{told}如有误，发“撤销”退回。"
    )


def ask_adopt(campaign: Campaign, difference: Difference, team: Team, reached: Total) -> str:
    """The team has reported since the moment of the platform's figure: what adopting it would make of it now."""
    return (
        f"{difference.number} 还没有采用：{team_name(team)} 现在的线上累计已经不是当时的"
        f"{yuan(difference.reported_fen or 0)}。\n平台的数字截至{minute_name(campaign.local(difference.as_of))}。"
        f"现在采用的话，线上累计：{yuan(team.online.amount_fen)} → {yuan(reached.amount_fen)}。\n"
        f"也可以等下一次平台数据，或发“请队长核对 {difference.number}”。\n{CONFIRM}"
    )


def kept(campaign: Campaign, difference: Difference, team: Team) -> str:
    told = "已通知队长。" if team.captains else ""
    stays = f"线上累计不变，仍是{yuan(team.online.amount_fen)}"
    if team.status == "merged":
        stays = f"已并入 #{team.into}，#{team.into} 的数字不变"
    return (
        f"已登记 {difference.number} 保留上报：{team_name(team)} {stays}"
        f"（{three_ways(campaign, difference)}）。\n平台的数字再变时会重新列进“待办”。{told}如有误，发“撤销”。"
    )


def asked(difference: Difference, team: Team) -> str:
    if not team.captains:
        return f"{team_name(team)} 还没有队长，{difference.number} 不能请队长核对。可发“采用平台 {difference.number}”或“保留上报 {difference.number}”。"
    return f"已通知 {team_name(team)} 的队长核对 {difference.number}，两个数字都发过去了。{difference.number} 留在“待办”里。"


def told_adopted(campaign: Campaign, office: str, team: Team, difference: Difference, before: Total) -> str:
    as_of = minute_name(campaign.local(difference.as_of))
    return (
        f"{office}按平台的数字更正了您的队伍 {team_name(team)} 的线上累计：{yuan(before.amount_fen)} → "
        f"{platform_said(difference)}（平台已核定，截至{as_of}）。与您在平台看到的不符的话，"
        f"发“更正 {team.code} 正确的累计”，或联系{whom_to_call(campaign)}。"
    )


def told_kept(campaign: Campaign, office: str, team: Team, difference: Difference) -> str:
    return f"{office}看过您的队伍 {team_name(team)} 与平台的差别（{three_ways(campaign, difference)}），先保留您的上报，不用再报。"


def told_to_look(campaign: Campaign, office: str, team: Team, difference: Difference) -> str:
    as_of = minute_name(campaign.local(difference.as_of))
    hers, word = "您还没有上报", "进度"
    if difference.reported_fen is not None:
        hers = f"您上报{yuan(difference.reported_fen)}"
    if team.online.report:
        word = "更正"
    return (
        f"{office}请您看一下您的队伍 {team_name(team)} 的线上数字：截至{as_of}，{hers}，"
        f"平台已核定{platform_said(difference)}。平台的数字对的话，发“{word} {team.code} {yuan(difference.platform_fen)}”；"
        f"不对的话不用操作，告诉{whom_to_call(campaign)}就好。"
    )


def told_undone(office: str, team: Team, difference: Difference) -> str:
    stands = figures_said(team.online.amount_fen, team.online.donations or None)
    return (
        f"{office}撤销了对您的队伍 {team_name(team)} 与平台差别（{difference.number}）的处理，线上累计现在是{stands}。"
    )


def undone(difference: Difference, team: Team) -> str:
    told = "已通知队长。" if team.captains else ""
    stands = figures_said(team.online.amount_fen, team.online.donations or None)
    return f"已撤销 对 {difference.number} 的处理，{team_name(team)} 线上累计{stands}，{difference.number} 回到待办。{told}"


def decided_before(difference: Difference, office: Grant | None, campaign: Campaign) -> str:
    """Somebody else was first, or the figures agree by now."""
    at = minute_name(campaign.local(difference.decided_at)) if difference.decided_at else ""
    who = f"由{office_name(campaign, office)}" if office else ""
    return (
        f"{difference.number} 已{who}在{at}处理（{_DONE[difference.state]}），不能再办，没有改动。发“待办”看还有哪些。"
    )


def which(word: str) -> str:
    return f"请带上编号或队伍编号，例如：{word} D12，或 {word} 0012。发“差异”查看编号。"


def none_of_team(word: str, team: Team) -> str:
    return f"{team_name(team)} 没有与平台相差的数字等待处理，“{word}”不能用在它上面。发“差异”看还有哪些。"


def by_coordinators(word: str, campaign: Campaign) -> str:
    return f"“{word}”由协调员核对平台数据时用，您现在不能使用。自己队伍的数字请发“更正”；有疑问请联系{whom_to_call(campaign)}。"


def moved_meanwhile(number: str) -> str:
    return f"{number} 刚刚有变动，这次没有办成，不能确定结果。发“待办”看看再操作。"


def off_the_lists(team: Team, number: str) -> str:
    if team.status == "merged":
        return (
            f"{team_name(team)} 已并入 #{team.into}，{number} 不能采用，也不能请队长核对。"
            f"了结这一条请发“保留上报 {number}”；#{team.into} 的数字不对，发“更正 {team.into} 正确的累计”。"
        )
    return (
        f"{team_name(team)} 已停用，{number} 不能采用，也不能请队长核对。"
        f"要采用请先发“启用 {team.code}”；了结这一条请发“保留上报 {number}”。"
    )
