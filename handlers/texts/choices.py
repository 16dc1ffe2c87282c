"""Which team is meant."""

from collections.abc import Sequence

from handlers.texts.naming import how_to_have_it_again, team_name, way_to_a_team
from handlers.texts.wording import CONFIRM, SHORT_BYTES, echo, numbered, within
from storage.campaign_schema import Campaign
from storage.models.teams import Team


def is_it_this_team(line: str, said: str) -> str:
    """One team is named, and what is done where it is meant."""
    return f"您说的是这支队伍吗？\n{line}\n是的话，就按“{echo(said)}”办。\n{CONFIRM}"


def which_team(lines: Sequence[str], said: Sequence[str]) -> str:
    """`said`: the lines that can be typed in place of an answer, none where hers stays as it was."""
    shown = within(lines, SHORT_BYTES)
    example = said[-1] if said else "进度 0012 3.2万 856"
    left_out = len(shown) < len(lines)
    more = f"\n{'其余的请' if left_out else '也可以'}直接带上编号，例如：{echo(example)}" if left_out or said else ""
    return f"您说的是哪支队伍？请回复数字或编号：\n{numbered(shown)}{more}"


def which_place(name: str, places: Sequence[str]) -> str:
    return f"“{echo(name, 20)}”有{len(places)}个，您说的是哪一个？请回复数字或全称：\n{numbered(within(places, SHORT_BYTES))}"


def role_changed() -> str:
    """Her role was given or taken away between what she said and what she chose."""
    return "您的协调员权限刚刚有变化，不能按原来的权限处理，什么都没有改动。还需要的话，请重新发一次。"


def no_team_yet(campaign: Campaign, registers: bool) -> str:
    """`registers`: teams may still be registered by whoever leads them."""
    return f"您还没有队伍。{way_to_a_team(campaign, registers)}"


def coordinator_names_a_code() -> str:
    return "请带上队伍编号，例如：进度 0012 3.2万 856"


def no_such_code(code: str) -> str:
    return f"没有编号 #{code} 的队伍，请核对编号。发送“我的队伍”可查看。"


def not_your_team(code: str) -> str:
    return f"#{code} 不是您的队伍，也不在您的辖区内，不能代为操作。"


def waits_for_a_captain(team: Team, campaign: Campaign) -> str:
    return f"{team_name(team)} 现在没有队长，您还不能代为操作。{how_to_have_it_again(campaign)}"


def no_team_here(campaign: Campaign, elsewhere: Sequence[str], registers: bool) -> str:
    if elsewhere:
        return f"您在“{campaign.short}”没有队伍，您的队伍在：{'、'.join(elsewhere)}。发送“活动 名称”切换。"
    return no_team_yet(campaign, registers)
