"""Whose name a team bears, which project it joins: what is asked where the answer is none, or leaves a doubt."""

from collections.abc import Sequence

from handlers.texts.naming import whom_to_call
from handlers.texts.teams import ask_captain, ask_unit
from handlers.texts.wording import echo, numbered
from storage.campaign_document import Project
from storage.campaign_schema import Campaign


def said_where(campaign: Campaign) -> str:
    """The rule for names of teams with its place in the document."""
    rules = campaign.registration
    says = {
        "units": rules.team_name_rule or "这里按单位登记",
        "people": "以个人名义组队",
        "both": "个人和单位均可组队",
    }
    return says[rules.names] + (f"（{rules.source}）" if rules.source else "")


def ask_name(campaign: Campaign) -> str:
    """The unit's name, or the team's where people may form teams too."""
    if campaign.registration.names == "units":
        return ask_unit(campaign.registration.team_name_rule)
    return f"{said_where(campaign)}。请发送单位全称或队名。"


_INSTEAD_OF_AN_ANSWER = {
    "wait": "好的，不着急，想好了再发。",
    "ask": "好的，问清楚了再发给我。",
    "undecided": "没关系，定了再发。",
    "same": "以前的登记这里查不到，这次要重新发一遍。",
    "lookup": "这里没有名单可查，要请您发过来。",
    "done": "这一项我还没有收到，请再发一次。",
    "talk": "",
}


_AGAIN = {
    "teams.region": "请发送县区。",
    "teams.project": "请发送项目。",
    "teams.unfit": "请回复 1 或 2。",
}


def instead_of_an_answer(kind: str, state: str, campaign: Campaign) -> str:
    """One sentence to what was said in place of an answer; the dialogue waits."""
    if kind == "alone" and campaign.registration.names == "units":
        return f"{said_where(campaign)}，请发送单位全称。没有单位的，请问 {whom_to_call(campaign)}。离开请说“算了”。"
    if kind == "alone":
        return f"可以，{said_where(campaign)}。请发送队名；离开请说“算了”。"
    wanted = {"teams.unit": ask_name(campaign), "teams.captain": ask_captain()}
    again = wanted.get(state) or _AGAIN[state]
    return f"{_INSTEAD_OF_AN_ANSWER[kind]}{again.removesuffix('。')}；离开请说“算了”。"


def ask_full_name(said: str) -> str:
    """A name without an institution's ending that nobody knows yet."""
    choices = numbered(["是，就用这个名称", "换一个单位名称"])
    return f"“{echo(said)}”是单位的全称吗？\n{choices}\n请回复数字，或直接发单位全称。"


def ask_which_name(left: str, names: Sequence[str]) -> str:
    """Words beside the unit that nothing explains. `names`: what the unit may be called; the last line is another."""
    choices = numbered([*(f"用“{echo(name)}”" for name in names), "换一个单位名称"])
    return f"“{echo(left)}”没有看懂，单位全称是哪个？\n{choices}\n请回复数字，或直接发单位全称。"


def several_units(names: str) -> str:
    return f"您说的“{echo(names)}”像是几个单位，一次请登记一个。请发送单位全称；离开请说“算了”。"


def which_of_two_names(names: Sequence[str]) -> str:
    choices = numbered([*(f"用“{echo(name)}”" for name in names), "换一个单位名称"])
    return f"单位全称是哪个？\n{choices}\n请回复数字，或直接发单位全称。"


def ask_persons_name(said: str, campaign: Campaign) -> str:
    """A person's name for a team, where people may form teams: it is public and outlives her data, so she decides."""
    choices = numbered([f"用“{echo(said)}”作队名", "换一个队名"])
    return (
        f"{said_where(campaign)}。队名会公开，注销后也不会删除。用人名作队名吗？\n{choices}\n请回复数字，或直接发队名。"
    )


def person_or_unit(said: str, campaign: Campaign) -> str:
    return f"{said_where(campaign)}，“{echo(said)}”是单位名称。请发送队名；离开请说“算了”。"


def ask_unfit(unit: str, region: str, project: Project, why: str, campaign: Campaign) -> str:
    """A project whose document names other places or other kinds of units. Whether they alone may is not ours to say."""
    places = [campaign.region(r).name for r in project.only_regions or ((project.region,) if project.region else ())]
    named = f"写的地区是{'、'.join(places)}" if why == "region" else f"写的适用单位是{'、'.join(project.only_kinds)}"
    outside = region if why == "region" else echo(unit)
    source = f"（{project.source}）" if project.source else ""
    choices = numbered(["仍按这个项目登记", "换一个项目"])
    return f"“{project.name}”{named}{source}，{outside}不在其中，能否参加请问 {whom_to_call(campaign)}。请回复数字：\n{choices}"


def many_projects(total: int) -> str:
    """Above a list of projects too long to be numbered."""
    return f"参加哪个项目？共{total}个，回复名称或其中几个字："


def projects_found(word: str, projects: Sequence[str]) -> str:
    return f"“{echo(word, 20)}”找到这些项目，回复名称或数字：\n{numbered(projects)}"


def many_projects_found(word: str, total: int) -> str:
    return f"“{echo(word, 20)}”找到{total}个项目，请再多发几个字："


def no_project_found(total: int) -> str:
    return f"没有找到这个项目（共{total}个），请发送名称或其中几个字，发“换项目”重看列表；离开请说“算了”。"


def changed_to(name: str) -> str:
    return f"已改为{name}。"
