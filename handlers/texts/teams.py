"""Registering a team: what is asked, what was entered, what stands in the way."""

from collections.abc import Sequence

from handlers.texts.examples import report_example
from handlers.texts.naming import (
    headed,
    how_to_have_it_again,
    kept_until,
    place_in_full,
    region_word,
    team_name,
    whom_to_call,
)
from handlers.texts.wording import echo, numbered
from storage.campaign_document import Region
from storage.campaign_schema import Campaign
from storage.models.people import Card
from storage.models.teams import Team

NAMES_STAY = "队名会公开并一直保留，不用人名"
"""Why a person's name is none where the document has no rule for names."""


def ask_unit(rule: str) -> str:
    return f"请发送单位全称{f'（{rule}）' if rule else ''}，例如：昭通市第一中学"


def ask_region(unit: str, regions: Sequence[str]) -> str:
    return f"{echo(unit)} 属于哪个县（市、区）？回复名称或数字：\n{numbered(regions)}"


def of_its_own(region: Region) -> str:
    """A place beside those within it: what belongs to none of them."""
    return f"{region.name}本级"


def ask_project(projects: Sequence[str]) -> str:
    return f"参加哪个项目？回复名称或数字：\n{numbered(projects)}"


def ask_captain() -> str:
    return "请发送队长姓名和电话，例如：李敏 13900000000。不方便可回复“跳过”。"


def ask_alike(unit: str, known: Team) -> str:
    choices = numbered([f"是，就是{echo(known.unit)}", "不是，另外登记"])
    return f"已有队伍 {team_name(known)}，“{echo(unit)}”是同一个单位吗？请回复数字：\n{choices}"


NOT_A_UNIT = {
    "empty": "没有看到单位名称",
    "too long": "单位名称太长了",
    "number": "这像是一个数字",
    "phone": "这像是一个电话号码",
    "region": "这是县区的名称",
    "project": "这是项目的名称",
    "question": "这像是一个问题",
    "command": "这像是一个指令",
    "answer": "没有看到单位名称",
    "ending": "这个名称很多单位都有，不知道是哪一个",
    "person": "这像是人名，不是单位名称",
    "named": "单位名称里像是有人名，单位和人名请用空格分开",
    "nickname": "这是队伍的别名，不是单位名称",
}


def not_a_unit(reason: str) -> str:
    return f"{NOT_A_UNIT.get(reason, '这不像单位名称')}，请发送单位全称，例如：昭通市第一中学；离开请说“算了”。"


UNIT_CHOICES = {"another": "换一个单位名称", "in_full": "不是人名，这就是单位全称"}


def suggest_unit(said: str, choices: Sequence[str], unit: str, captain: str, rule: str) -> str:
    """A name that says more than the unit, or another thing. `captain`: the person whose name stood beside it.

    `choices`: what she may answer, of `inside` (the unit in the name) and `UNIT_CHOICES`.
    """
    inside = f"用“{echo(unit)}”" + (f"，队长{echo(captain)}" if captain else "")
    lines = numbered([UNIT_CHOICES.get(choice, inside) for choice in choices])
    return f"{rule or NAMES_STAY}，“{echo(said)}”不能直接用。建议：\n{lines}\n请回复数字，或直接发单位全称。"


def no_team_name(said: str, rule: str) -> str:
    return f"{rule or NAMES_STAY}，“{echo(said)}”不能用作队名。请发送你们单位的全称，例如：昭通市第一中学；离开请说“算了”。"


def no_such_region(regions: Sequence[str]) -> str:
    return f"没有找到这个县区，请回复名称或数字：\n{numbered(regions)}"


def no_such_project(projects: Sequence[str]) -> str:
    return f"没有找到这个项目，请回复名称或数字：\n{numbered(projects)}"


def not_a_captain() -> str:
    return "没有看到姓名或电话，例如：李敏 13900000000；不方便可回复“跳过”。"


def draft_given_up(unit: str) -> str:
    """Another registration begins while one is open."""
    return f"（前面的“{echo(unit, 20)}”没有登记，需要时请重新组队。）"


def registered(team: Team, card: Card, campaign: Campaign, several: bool) -> str:
    project, region = campaign.project(team.project), campaign.region(team.region)
    lines = [
        f"已登记 {team_name(team)}",
        f"项目：{project.name}",
        f"{region_word(campaign)}：{place_in_full(campaign, region)}",
    ]
    if card.name or card.phone:
        lines.append(f"队长：{echo(card.name)} {card.phone}".rstrip() if card.name else f"电话：{card.phone}")
    if team.status == "pending":
        lines.append("这支队伍要等协调员通过后才能报进度，通过后会通知您。")
    elif team.status == "unclaimed":
        lines.append(f"请把认领码交给队长：{team.claim_code}（队长发送“认领 {team.claim_code}”）")
    else:
        lines.append(f"报进度请说：{report_example(campaign)}")
        told = any("subscribers" in push.audience for push in campaign.pushes)
        lines.append(f"{'回复“订阅”，每晚收到战报。' if told else ''}捐赠坚持自愿。")
    if card.name or card.phone:
        lines.append(kept_until(campaign))
    return headed(campaign, several, "\n".join(lines))


def already_registered(team: Team, campaign: Campaign, *, hers: bool, covers: bool) -> str:
    """`hers`: she leads it; `covers`: she coordinates its region, so that she may hand out the claim code again."""
    project = campaign.project(team.project).name
    lines = [f"{team_name(team)} 在“{project}”已有队伍，没有重复登记。"]
    if hers:
        lines.append(f"就是您的队伍，直接报进度即可，例如：{report_example(campaign)}")
    elif team.status == "unclaimed" and covers:
        lines.append(f"还没有队长，请把认领码交给队长：{team.claim_code}（队长发送“认领 {team.claim_code}”）")
    elif team.status == "unclaimed":
        lines.append(f"这支队伍现在没有队长，{how_to_have_it_again(campaign)}")
    else:
        lines.append(f"如果您要接手，请联系 {whom_to_call(campaign)}。也可以为单位登记别的项目。")
    return "\n".join(lines)


def register_again() -> str:
    return "您的队伍或权限刚刚有变化，没有登记，请再发一次。"


def captain_left(team: Team, campaign: Campaign) -> str:
    """To those who coordinate a team whose only captain has left; who that was is not kept."""
    return (
        f"{team_name(team)}（{campaign.region(team.region).name}，{campaign.project(team.project).name}）的队长已注销，"
        f"数字保留，队伍待认领。\n请把认领码交给新队长：{team.claim_code}（队长发送“认领 {team.claim_code} 姓名 电话”）"
    )


def role_changed(campaign: Campaign) -> str:
    """Her role was given or taken away while she was asked: whose the team would be is another matter now."""
    return (
        "您的协调员权限刚刚有变化，不能按原来的权限登记，这支队伍没有登记。\n"
        f"要自己当队长，请把组队再发一次；要代为登记，请联系 {whom_to_call(campaign)}。"
    )


def registration_early(campaign: Campaign) -> str:
    window = campaign.windows.registration
    start = campaign.local(window.start) if window and window.start else None
    when = f"{start.month}月{start.day}日" if start else ""
    return f"报名还没有开始，现在不能组队，{when}起可以。"


def registration_late(campaign: Campaign) -> str:
    window = campaign.windows.registration
    end = campaign.local(window.end) if window and window.end else None
    when = f"{end.month}月{end.day}日" if end else ""
    return f"组队已于{when}截止，现在不能再自行登记。确有需要请联系 {whom_to_call(campaign)}，由协调员补录（协调员发送：补录 单位名称 县区 项目）。"


def not_your_region() -> str:
    return "这个县区不在您的辖区内，不能代为登记。"


def team_waits(unit: str, region: str, project: str) -> str:
    return f"有队伍等您审核：{echo(unit)}（{region}，{project}）。发送“待审”查看。"
