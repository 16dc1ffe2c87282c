"""Which campaign, which team: asked as a numbered choice, and the original message is answered once it is clear."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from handlers import texts
from handlers.hearing import ear_of
from handlers.language.called import holds_name
from handlers.language.text import squash
from handlers.meant import is_called, named_among, named_now
from handlers.messages import Context, Reply, UserError, belongs
from handlers.running import called_so, is_open, offered
from handlers.understand.answers import number_chosen, teams_named, yes_or_no
from storage.campaign_document import Region
from storage.campaign_schema import Campaign
from storage.models.people import Conversation
from storage.models.teams import Team

PICK = "choices.pick"
Option = TypeVar("Option", Team, Campaign)


class RoleChanged(Exception):
    """Her roles are others than when she said what she is asked about: it is not done under either."""


def ask_campaign(ctx: Context) -> Reply:
    """Which campaign is meant? One that the message names, and says nothing else, is meant from now on."""
    if campaign := called_so(ctx.campaigns, ctx.message.text):
        card = texts.campaigns.campaign_card(campaign, is_open(campaign, ctx.now))
        return Reply(card, conversation=ctx.conversation, remember=named_now(ctx, campaign, None))
    mine = [c for c in ctx.campaigns if belongs(ctx.memberships.get(c.id))] or offered(ctx.offered, ctx.now)
    if not mine:
        return Reply(texts.campaigns.no_campaign())
    data = _asked(ctx, mine)
    asked = Conversation(state=PICK, data=data, below=ctx.conversation)
    return Reply(texts.campaigns.which_campaign(mine), conversation=asked)


def ask_team(ctx: Context, teams: list[Team], said: Mapping[str, str]) -> Reply:
    """Which team is meant? `said`: by a team's code, the line that is answered where that one is."""
    data = _asked(ctx, [ctx.campaign]) | {"codes": [t.code for t in teams], "lines": dict(said)}
    lines = [texts.naming.team_line(t, ctx.campaign.project(t.project).name) for t in teams]
    one = texts.choices.is_it_this_team(lines[0], said[teams[0].code]) if said and len(teams) == 1 else ""
    question = one or texts.choices.which_team(lines, list(said.values()))
    return Reply(question, conversation=Conversation(state=PICK, data=data))


def ask_place(ctx: Context, name: str, places: Sequence[Region]) -> Reply:
    """Which of the places of one name is meant?"""
    asked = _asked(ctx, [ctx.campaign]) | {"name": name, "places": [place.id for place in places]}
    lines = [texts.naming.place_in_full(ctx.campaign, place) for place in places]
    return Reply(
        texts.choices.which_place(name, lines),
        conversation=Conversation(state=PICK, data=asked, below=ctx.conversation),
    )


def _asked(ctx: Context, campaigns: list[Campaign]) -> dict[str, Any]:
    return said_so(ctx) | {"campaigns": [c.id for c in campaigns]}


def said_so(ctx: Context) -> dict[str, Any]:
    """A message that is answered once a question about it is: its words, its key, and the roles she said it under."""
    return {"text": ctx.message.text, "key": ctx.message.key, "roles": _roles(ctx)}


def require_same_roles(ctx: Context, data: dict[str, Any]) -> None:
    """Raises `RoleChanged` where a message that `said_so` kept was said under other roles."""
    if data.get("roles", _roles(ctx)) != _roles(ctx):
        raise RoleChanged


def _roles(ctx: Context) -> dict[str, str]:
    return {campaign: membership.roles for campaign, membership in ctx.memberships.items() if membership.roles}


def picked(ctx: Context) -> Context:
    """The original message again, with what was chosen: a team, or a campaign and no team of it.

    It keeps its own key, so that what it writes is written once, however often the choice is made.
    Raises `UserError` for anything that was not offered, `RoleChanged` where she said it under other roles.
    """
    conversation = ctx.conversation
    if conversation is None:
        raise ValueError("nothing was asked")
    data, said = conversation.data, ctx.message.text
    require_same_roles(ctx, data)
    offered = [c for c in ctx.campaigns if c.id in data["campaigns"]]
    if "places" in data:
        return _placed(ctx, conversation, offered[0])
    if "codes" in data:
        campaign = offered[0]
        teams = ctx.store.teams.many(campaign.id, data["codes"])
        by_code = [t for t in teams if squash(said).zfill(4) == t.code]
        agreed = teams if len(teams) == 1 and yes_or_no(said) else []
        meant = agreed or by_code or _called(replace(ctx, chosen=campaign), teams, said)
        team: Team | None = chosen(said, teams, meant)
    else:
        campaign = chosen(said, offered, [c for c in offered if is_called(c, said)])
        team = None
    text = data.get("lines", {}).get(team.code if team else "", data["text"])
    return replace(
        ctx,
        message=replace(ctx.message, key=data["key"], kind="text", text=text),
        person=ctx.person.model_copy(update={"campaign": campaign.id, "named_at": ctx.now}),
        chosen=campaign,
        last_team=team,
        conversation=conversation.below,
    )


def _placed(ctx: Context, conversation: Conversation, campaign: Campaign) -> Context:
    """The original message with the place in full in the place of its name. Raises `UserError`."""
    data, said = conversation.data, ctx.message.text.strip()
    names = [texts.naming.place_in_full(campaign, campaign.region(place)) for place in data["places"]]
    by_name = [name for name in names if holds_name(said, (name,)) or name.startswith(said.rstrip("的那个"))]
    number = number_chosen(said, len(names))
    if len(by_name) != 1 and number is None:
        raise UserError(texts.dialogues.choose_a_number(len(names)))
    meant, text = by_name[0] if len(by_name) == 1 else names[number or 0], data["text"]
    text = text.replace(data["name"], meant, 1) if data["name"] in text else f"{text} {meant}"
    message = replace(ctx.message, key=data["key"], kind="text", text=text)
    return replace(ctx, message=message, chosen=campaign, conversation=conversation.below)


def chosen(said: str, offered: list[Option], named: list[Option]) -> Option:
    """What a number or a name picks. Raises `UserError` for anything else."""
    if len(named) == 1:
        return named[0]
    number = number_chosen(said, len(offered))
    if number is None:
        raise UserError(texts.dialogues.choose_a_number(len(offered)))
    return offered[number]


def is_number(text: str) -> bool:
    """Whether an answer to an offer is the number of one of its lines."""
    return number_chosen(text, 9) is not None


def is_yes_or_no(text: str) -> bool:
    """Whether an answer to an offer takes it or turns it down."""
    return yes_or_no(text) is not None


def said_yes(text: str) -> bool:
    """Whether a proposal is accepted or turned down. Raises `UserError` where she says neither."""
    said = yes_or_no(text)
    if said is None:
        raise UserError(texts.dialogues.yes_or_leave())
    return said


def _called(ctx: Context, teams: list[Team], said: str) -> list[Team]:
    """The teams that an answer names, as a whole name or by what the unit is (`医院的`)."""
    named = named_among(ctx, teams, said)
    codes = teams_named(said, ear_of(ctx)) if len(named) != 1 else ()
    return [team for team in teams if team.code in codes] or named
