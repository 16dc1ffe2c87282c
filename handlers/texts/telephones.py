"""A captain's telephone, given or changed after she registered."""

from collections.abc import Sequence

from handlers.texts.naming import team_name, way_to_a_team
from handlers.texts.wording import echo
from storage.campaign_schema import Campaign
from storage.models.people import Card
from storage.models.teams import Team


def telephone_alone(phone: str) -> str:
    """To a number and nothing else, sent by a captain."""
    return f"只看到一个电话，没有改动。要登记为队长电话请发：改电话 {phone}"


def how_to_change_telephone(digits: int = 0) -> str:
    """`digits`: how many she typed, that were no number."""
    count = f"您发的号码是{digits}位，手机号是11位，没有改动。" if digits else ""
    return f"{count}请带上新号码，例如：改电话 13900000000"


def telephone_kept(card: Card, teams: Sequence[Team]) -> str:
    """The captain's telephone holds for every team she leads in the campaign."""
    named = "、".join(team_name(team) for team in teams[:3]) + (f"等{len(teams)}支队伍" if len(teams) > 3 else "")
    return f"已登记 {named} 的队长电话：{f'{echo(card.name)} {card.phone}'.strip()}"


def no_team_for_a_telephone(campaign: Campaign, registers: bool) -> str:
    return f"您在“{campaign.short}”还没有队伍，电话没有登记。{way_to_a_team(campaign, registers)}"
