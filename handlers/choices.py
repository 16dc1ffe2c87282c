"""Which campaign, which team: asked as a numbered choice, and the original message is answered once it is clear."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from handlers import texts
from handlers.language.called import holds_name, is_name, is_part_of
from handlers.language.text import squash
from handlers.language.words import Intent
from handlers.messages import NOBODY, Context, Reply, UserError, belongs
from handlers.running import called_so, is_open, offered
from handlers.understand.answers import number_chosen, teams_named, yes_or_no
from handlers.understand.ear import Ear
from handlers.understand.heads import Heads
from handlers.understand.other_units import names_another_unit, names_unit
from handlers.understand.reading import read_as
from handlers.understand.readings import Reading, intent_of
from storage.campaign_document import Region
from storage.campaign_schema import Campaign
from storage.models.people import Conversation, Membership
from storage.models.teams import Team

NAMED_FOR = timedelta(minutes=10)
"""How long what was spoken of last is taken to be meant."""
PICK = "choices.pick"
NO_WORDS: Heads = {}
"""Nothing in a message is taken for a word of the bot."""
IN_ANY_CAMPAIGN: frozenset[Intent] = frozenset({"report", "nothing", "unknown"})
"""Wants that are answered before it is clear which campaign is meant."""

Option = TypeVar("Option", Team, Campaign)


class RoleChanged(Exception):
    """Her roles are others than when she said what she is asked about: it is not done under either."""


class TeamNeeded(Exception):
    """Several teams could be meant: she is asked."""

    def __init__(self, teams: list[Team]) -> None:
        super().__init__(len(teams))
        self.teams = teams


def in_campaign(ctx: Context, campaign: str) -> Context:
    """The campaign in which a dialogue was begun, whichever she spoke of since."""
    return replace(ctx, chosen=next((c for c in ctx.campaigns if c.id == campaign), ctx.chosen))


def named_lately(ctx: Context) -> bool:
    named_at = ctx.person.named_at
    return named_at is not None and ctx.now - named_at <= NAMED_FOR


def spoke_of(ctx: Context, team: Team) -> dict[str, str | None]:
    """What is remembered when a message was about a team: it is meant for the next ten minutes."""
    return named_now(ctx, ctx.campaign, team)


def named_now(ctx: Context, campaign: Campaign, team: Team | None) -> dict[str, str | None]:
    """What is remembered when she said which campaign she means, or which team: meant for the next ten minutes."""
    named = f"{campaign.id}/{team.code}" if team else None
    return {"campaign": campaign.id, "team": named, "named_at": ctx.now.isoformat()}


def team_meant(ctx: Context, code: str | None, words: str = "") -> tuple[Context, Team]:
    """The team a message is about, in its campaign; `words` may name it.

    Raises `TeamNeeded` where several could be meant, `UserError` where none is hers.
    """
    if code is not None:
        return _by_code(ctx, code)
    codes = ctx.membership.codes
    last = ctx.last_team if ctx.last_team and ctx.last_team.code in codes else None
    if last and len(codes) == 1:
        return ctx, last
    teams = ctx.store.teams.many(ctx.campaign.id, codes)
    meant = _named(ctx, teams, words)
    if len(meant) == 1:
        return ctx, meant[0]
    if last in meant and named_lately(ctx) and not _fits_several(ctx, meant, words):
        return ctx, last
    if meant:
        raise TeamNeeded(meant)
    if ctx.membership.roles:
        raise UserError(texts.choices.coordinator_names_a_code())
    raise UserError(texts.choices.no_team_yet(ctx.campaign))


def ear_of(ctx: Context) -> Ear:
    """What a reader may know of her in the campaign that is meant."""
    return ear_in(ctx, ctx.campaign)


def ear_in(ctx: Context, campaign: Campaign, heads: Heads = NO_WORDS, answering: bool = False) -> Ear:
    """What a reader may know of her: the campaign, her teams in it, its local time; `heads`, `answering`: see `Ear`.

    With one team, which came with her message, nothing is looked up.
    """
    hers, last = ctx.memberships.get(campaign.id, NOBODY), ctx.last_team
    alone = last is not None and hers.codes == (last.code,)
    teams = [last] if alone and last else ctx.store.teams.many(campaign.id, hers.codes)
    return Ear(
        campaign,
        tuple(team for team in teams if team),
        campaign.local(ctx.now),
        coordinates=bool(hers.roles),
        taught=ctx.store.campaigns.taught(),
        heads=heads,
        answering=answering,
        drives=frozenset(squash(name) for drive in ctx.campaigns if drive.practice for name in names_of(drive)),
    )


def said_as(ctx: Context, want: Intent, behind: str | None = None) -> Reading:
    """Her message as a want: as it was read, or as that where she typed its word or chose it. `behind`: see `read_as`.

    A report is read in the first campaign where none is clear yet, for a team's number may name one.
    """
    if ctx.reading is not None and intent_of(ctx.reading) == want:
        return ctx.reading
    campaign = ctx.offered[0] if ctx.chosen is None and want in IN_ANY_CAMPAIGN else ctx.campaign
    return read_as(want, ctx.message.text, ear_in(ctx, campaign), behind)


def team_named(ctx: Context, codes: tuple[str, ...]) -> tuple[Context, Team]:
    """The one of her teams that a name means; where it means several or none is named, the one meant lately."""
    if len(codes) == 1:
        return team_meant(ctx, codes[0])
    if not codes:
        return team_meant(ctx, None)
    if ctx.last_team and ctx.last_team.code in codes and named_lately(ctx):
        return ctx, ctx.last_team
    raise TeamNeeded(ctx.store.teams.many(ctx.campaign.id, codes))


def _fits_several(ctx: Context, teams: list[Team], words: str) -> bool:
    """Whether the words name a unit that more than one of her units could be called."""
    could_be = {team.unit_key for team in teams if not another_unit(ctx, team, words)}
    return len(could_be) > 1 and names_unit(ctx.campaign, words)


def another_unit(ctx: Context, team: Team, words: str) -> str:
    """The unit that the words name beside the team that would be meant; '' where they name none."""
    return names_another_unit(ctx.campaign, words, team.unit, team.region)


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


def ask_team(ctx: Context, teams: list[Team]) -> Reply:
    """Which team is meant?"""
    asked = Conversation(state=PICK, data=_asked(ctx, [ctx.campaign]) | {"codes": [t.code for t in teams]})
    lines = [texts.naming.team_line(t, ctx.campaign.project(t.project).name) for t in teams]
    return Reply(texts.choices.which_team(lines), conversation=asked)


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
        team: Team | None = chosen(said, teams, by_code or _called(replace(ctx, chosen=campaign), teams, said))
    else:
        campaign = chosen(said, offered, [c for c in offered if is_called(c, said)])
        team = None
    return replace(
        ctx,
        message=replace(ctx.message, key=data["key"], kind="text", text=data["text"]),
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


def names_of(campaign: Campaign) -> tuple[str, ...]:
    return (campaign.id, campaign.name, campaign.short, *campaign.aliases)


def is_called(campaign: Campaign, text: str) -> bool:
    """Whether a text names the campaign, or a part of its name; a practice drive only by the whole of one."""
    names = names_of(campaign)
    return is_name(text, names) if campaign.practice else is_part_of(text, names) or holds_name(text, names)


def _by_code(ctx: Context, code: str) -> tuple[Context, Team]:
    owner = next((cid for cid, m in ctx.memberships.items() if code in m.codes), None)
    owner = owner or ctx.store.teams.owner(code)
    campaign = next((c for c in ctx.campaigns if c.id == owner), None)
    if campaign is None:
        raise UserError(texts.choices.no_such_code(code))
    team = next(iter(ctx.store.teams.many(campaign.id, [code])), None)
    if team is None:
        raise UserError(texts.choices.no_such_code(code))
    [team] = going_on(replace(ctx, chosen=campaign), [team])
    code = team.code
    membership = ctx.memberships.get(campaign.id, Membership())
    if code not in membership.codes and not membership.covers(campaign.region_path(team.region)):
        if team.status == "unclaimed":
            raise UserError(texts.choices.waits_for_a_captain(team, campaign))
        raise UserError(texts.choices.not_your_team(code))
    return replace(ctx, chosen=campaign), team


def going_on(ctx: Context, teams: list[Team]) -> list[Team]:
    """The same, with the one that goes on in the place of each that was merged; the reply says so."""
    found = []
    for team in teams:
        last = team
        while last.into:
            last = ctx.store.teams.get(ctx.campaign.id, last.into)
        if last.code != team.code:
            ctx.besides.append(texts.merging.redirected(team, last))
        found.append(last)
    return list({team.code: team for team in found}.values())


def _named(ctx: Context, teams: list[Team], words: str) -> list[Team]:
    """The teams whose unit the words name, and of these the ones whose project they name; all where they name none.

    The longest name that stands there in full is meant: a branch (分校) before the school. `永善一中` is 永善县第一中学
    where no other of them can be called so.
    """
    if not squash(words):
        return teams
    in_full = [t for t in teams if holds_name(words, (t.unit, t.unit_key))]
    longest = max((len(squash(t.unit)) for t in in_full), default=0)
    by_name = [t for t in in_full if len(squash(t.unit)) == longest]
    by_name = by_name or [t for t in teams if is_part_of(words, (t.unit, t.unit_key))]
    of_unit = by_name or [t for t in teams if not another_unit(ctx, t, words)] or teams
    return [t for t in of_unit if _says(words, _project_names(ctx, t))] or of_unit


def _called(ctx: Context, teams: list[Team], said: str) -> list[Team]:
    """The teams that an answer names, as a whole name or by what the unit is (`医院的`)."""
    named = _named(ctx, teams, said)
    codes = teams_named(said, ear_of(ctx)) if len(named) != 1 else ()
    return [team for team in teams if team.code in codes] or named


def _says(words: str, names: tuple[str, ...]) -> bool:
    return holds_name(words, names) or is_part_of(words, names)


def _project_names(ctx: Context, team: Team) -> tuple[str, ...]:
    project = ctx.campaign.project(team.project)
    return (project.name, *project.aliases)
