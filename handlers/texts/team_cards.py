"""A team's card as its region's coordinators see it, its captain's telephone, and what is not shown."""

from collections.abc import Sequence

from handlers.texts.naming import place_in_full, team_name, way_to_a_team, whom_to_call
from handlers.texts.wording import SHORT_BYTES, echo, within
from storage.campaign_schema import Campaign
from storage.models.people import Card
from storage.models.teams import Team


def for_coordinators(team: Team, last: str, cards: Sequence[Card] | None) -> list[str]:
    """What stands on the card besides: what happened last, captain and telephone, or the code to claim it by."""
    return [*([f"最近：{last}"] if last else []), captain_line(team, cards, named=False)]


def captain_line(team: Team, cards: Sequence[Card] | None, *, named: bool = True) -> str:
    """Whom to call about a team; `named`: the line says which team it is. None: that it was shown cannot be noted."""
    head = f"{team_name(team)} " if named else ""
    if cards is None:
        return f"{head}队长和电话：看过要留记录，现在记不下来，暂时不能显示。请过几分钟再发“电话 {team.code}”。"
    people = "、".join(f"{echo(card.name) or '没有留姓名'} {card.phone or '没有留电话'}" for card in cards)
    if team.captains:
        return f"{head}队长：{people}"
    left = f"登记的联系人：{people}，" if any(card.name or card.phone for card in cards) else ""
    return f"{head}{left}还没有队长认领，认领码 {team.claim_code}（请转告队长发送“认领 {team.claim_code}”）"


def more_of_unit(count: int) -> str:
    return f"这个单位另有{count}支队伍，请发编号查看。"


def no_telephone_of(team: Team, campaign: Campaign) -> str:
    region = place_in_full(campaign, campaign.region(team.region))
    return (
        f"{team_name(team)}在{region}，不在您的辖区，不能提供队长电话。请问那里的协调员，或{whom_to_call(campaign)}。"
    )


def no_such_code(said: str, *, leads: bool, role: bool) -> str:
    """To somebody who leads a team or has a role."""
    return f"没有能给您看的队伍“{echo(said, 20)}”，请核对编号。" + ("发“队伍”看辖区的队伍。" if role else "")


def no_code_of_a_team(said: str, campaign: Campaign, registers: bool) -> str:
    """The same to anybody else: it may be a figure that she wants to report."""
    return f"“{echo(said, 20)}”不是能查看的队伍编号。要报进度，先要有队伍：{way_to_a_team(campaign, registers)}"


def several_called(said: str, rows: Sequence[str]) -> str:
    """A part of a name that several units of her region have."""
    head = f"名称里有“{echo(said, 20)}”的队伍 {len(rows)} 支："
    shown = within(rows, SHORT_BYTES)
    more = [f"还有{len(rows) - len(shown)}支，请把名称说全一些。"] if len(shown) < len(rows) else []
    return "\n".join([head, *shown, *more, "发编号看详情，例如 0012。"])


def nobody_called_so(said: str) -> str:
    """To whoever has a role."""
    return f"没有叫“{echo(said, 20)}”的队伍，请用全称，或发“队伍 县区”从名单里找。"


def none_to_see(said: str, campaign: Campaign, registers: bool) -> str:
    """The same to anybody else: it may be a unit that wants to take part."""
    way = f"要组队请发送“组队 {echo(said, 20)} 县区 项目”，" if registers else way_to_a_team(campaign, registers)
    return f"没有能查看的“{echo(said, 20)}”的队伍。{way}自己的队伍发“我的队伍”。"
