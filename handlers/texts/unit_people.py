"""A unit's people: 分管领导, 联络员, 舆情专人, for those with authority over its team."""

from collections.abc import Mapping

from handlers.texts.naming import POST_NAMES, team_name, whom_to_call
from handlers.texts.wording import echo
from storage.campaign_schema import Campaign
from storage.models.people import POSTS, Post, UnitPerson
from storage.models.teams import Team


def of_captains_and_coordinators(post: Post, campaign: Campaign) -> str:
    return (
        f"单位的{POST_NAMES[post]}由本队队长或所在县区的协调员登记，您现在不能登记。"
        f"要找主办单位的人，发“联系人”，或致电{whom_to_call(campaign)}。"
    )


def lines(people: Mapping[Post, UnitPerson]) -> list[str]:
    """What stands on a team's card."""
    return [_line(post, people[post]) for post in POSTS if post in people]


def _line(post: Post, person: UnitPerson) -> str:
    bound = "（已绑定）" if person.person else ""
    return f"{POST_NAMES[post]}：{f'{echo(person.name)} {person.phone}'.strip()}{bound}"


def named(campaign: Campaign, team: Team, post: Post, code: str) -> str:
    days = campaign.privacy.keep_people_days
    head = (
        f"已登记 {team_name(team)} 的{POST_NAMES[post]}，只有本队队长和有权限的协调员看得到，活动关闭{days}天后删除。"
    )
    if not code:
        return f"{head}\n要删除，发“{POST_NAMES[post]} {team.code} 删除”。"
    return (
        f"{head}\n想让联络员收到给本队的通知，请把下面这一行转给本人，24小时内在本公众号发：\n绑定 {code}\n"
        f"绑不绑都可以；绑定后也不能代队上报。要删除，发“联络员 {team.code} 删除”。"
    )


def removed(team: Team, post: Post) -> str:
    return f"已删除 {team_name(team)} 的{POST_NAMES[post]}，姓名、电话都没有保留。"


def stands(team: Team, post: Post, person: UnitPerson) -> str:
    change = f"要换人，发“{POST_NAMES[post]} {team.code} 姓名 电话”；要删除，发“{POST_NAMES[post]} {team.code} 删除”。"
    return f"{team_name(team)}\n{_line(post, person)}\n{change}"


def nobody_named(team: Team, post: Post) -> str:
    name = POST_NAMES[post]
    return (
        f"{team_name(team)} 还没有登记{name}，不能查看或删除。可登记可不登记，例如：{name} {team.code} 王某 13900000000"
    )


def bound(team: Team) -> str:
    return (
        f"已绑定 {team_name(team)} 的联络员，以后给本队的通知也会发给您。"
        "联络员不能代队上报或改动，报数请找队长。不想再收，发“注销”。"
    )


def bound_to_unit(unit: str) -> str:
    return (
        f"已绑定 {echo(unit)} 的联络员，本单位的队伍（包括以后登记的）都会记上您。"
        "联络员不能代队上报或改动，报数请找队长。不想再担任，发“注销”。"
    )


def told_named(office: str, team: Team, post: Post) -> str:
    return f"{office or '队长'}登记了您的队伍 {team_name(team)} 的{POST_NAMES[post]}。发“#{team.code}”可以查看。"


def told_removed(office: str, team: Team, post: Post) -> str:
    return f"{office or '队长'}删除了您的队伍 {team_name(team)} 的{POST_NAMES[post]}。"
