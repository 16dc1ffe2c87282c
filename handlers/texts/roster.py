"""The roster: units that organisers expect, whether a team is one of theirs, and who has none yet."""

from handlers.texts.naming import whom_to_call
from handlers.texts.wording import echo, numbered
from storage.campaign_schema import Campaign
from storage.roster import RosterUnit


def ask_alike(said: str, listed: str) -> str:
    choices = numbered([f"是，就是{echo(listed)}", "不是，另外登记"])
    return f"名册里有“{echo(listed)}”，“{echo(said)}”是同一个单位吗？请回复数字：\n{choices}"


def ask_which(said: str, names: list[str]) -> str:
    choices = numbered([*(f"用“{echo(name)}”" for name in names), "换一个单位名称"])
    return f"名册里不止一个单位叫“{echo(said)}”，是哪个？\n{choices}\n请回复数字，或直接发单位全称。"


def ask_expected(unit: str, project: str) -> str:
    return f"名册里{echo(unit)}的项目是：\n{numbered([project])}\n就参加这个请回复 1；参加别的，请发项目名称。"


def not_listed(campaign: Campaign) -> str:
    """Why a team waits that nobody expected, and whom to ask."""
    return f"名册里没有这个单位，所以要等协调员核实；有疑问请联系 {whom_to_call(campaign)}。"


def unit_row(campaign: Campaign, unit: RosterUnit) -> str:
    """`永善县人民医院，永善县，预定人道暖昭通`"""
    expected = f"，预定{campaign.project(unit.project).name}" if unit.project else ""
    return f"· {echo(unit.unit)}，{campaign.region(unit.region).name}{expected}"


def others_without_team(count: int) -> str:
    return f"名册里还有{count}家单位没有组队，发“队伍 未组队”看名单。"


def look_for_those_without() -> str:
    """Where they are too many to be counted beside something else."""
    return "名册里没有组队的单位，发“队伍 未组队 县区”看名单。"


def by_county(size: int, region: str) -> str:
    return f"名册有{size:,}家单位，不能一次看全，请按县区看，例如：队伍 未组队 {region}"


def no_roster() -> str:
    return "这次活动没有导入单位名册，不能查看谁还没有组队。发“队伍”看辖区已有的队伍。"
