"""Which team a message is about: the one it names, the one she spoke of lately, the only one she has."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from handlers import texts
from handlers.language.called import holds_name, is_name, is_part_of
from handlers.language.text import normalise, squash
from handlers.messages import Context, UserError
from handlers.regional import lines_for
from handlers.running import registers
from handlers.understand.registration import names_another_unit, names_unit
from handlers.wishes.slots import code_ahead
from storage.campaign_schema import Campaign
from storage.models.people import Membership
from storage.models.teams import Team

NAMED_FOR = timedelta(minutes=10)
"""How long what was spoken of last is taken to be meant."""


class TeamNeeded(Exception):
    """Several teams could be meant: she is asked."""

    def __init__(self, teams: list[Team], lines: Mapping[str, str] | None = None) -> None:
        """`lines`: by a team's code, what her message is where that one is meant; None where it stays as it was."""
        super().__init__(len(teams))
        self.teams = teams
        self.lines = lines or {}


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
    meant = named_among(ctx, teams, words)
    if len(meant) == 1:
        return ctx, meant[0]
    if last in meant and named_lately(ctx) and not _fits_several(ctx, meant, words):
        return ctx, last
    if meant:
        raise TeamNeeded(meant)
    if ctx.membership.roles:
        raise _of_her_region(ctx)
    raise UserError(texts.choices.no_team_yet(ctx.campaign, registers(ctx.campaign, ctx.now)))


def _of_her_region(ctx: Context) -> UserError | TeamNeeded:
    """What a coordinator is asked who says no code of a team: whether it is the one that she names."""
    said = normalise(ctx.message.text)
    if (code := code_ahead(said)) and not ctx.store.teams.owner(code):
        return UserError(texts.choices.no_such_code(code))
    if lines := lines_for(ctx, said):
        return TeamNeeded(ctx.store.teams.many(ctx.campaign.id, lines), lines)
    return UserError(texts.choices.coordinator_names_a_code())


def team_named(ctx: Context, codes: tuple[str, ...]) -> tuple[Context, Team]:
    """The one of her teams that a name means; where it means several or none is named, the one meant lately."""
    if len(codes) == 1:
        return team_meant(ctx, codes[0])
    if not codes:
        return team_meant(ctx, None)
    if ctx.last_team and ctx.last_team.code in codes and named_lately(ctx):
        return ctx, ctx.last_team
    raise TeamNeeded(ctx.store.teams.many(ctx.campaign.id, codes))


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


def another_unit(ctx: Context, team: Team, words: str) -> str:
    """The unit that the words name beside the team that would be meant; '' where they name none."""
    return names_another_unit(ctx.campaign, words, team.unit, team.region)


def named_among(ctx: Context, teams: list[Team], words: str) -> list[Team]:
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


def _fits_several(ctx: Context, teams: list[Team], words: str) -> bool:
    """Whether the words name a unit that more than one of her units could be called."""
    could_be = {team.unit_key for team in teams if not another_unit(ctx, team, words)}
    return len(could_be) > 1 and names_unit(ctx.campaign, words)


def _says(words: str, names: tuple[str, ...]) -> bool:
    return holds_name(words, names) or is_part_of(words, names)


def _project_names(ctx: Context, team: Team) -> tuple[str, ...]:
    project = ctx.campaign.project(team.project)
    return (project.name, *project.aliases)


def names_of(campaign: Campaign) -> tuple[str, ...]:
    return (campaign.id, campaign.name, campaign.short, *campaign.aliases)


def is_called(campaign: Campaign, text: str) -> bool:
    """Whether a text names the campaign, or a part of its name; a practice drive only by the whole of one."""
    names = names_of(campaign)
    return is_name(text, names) if campaign.practice else is_part_of(text, names) or holds_name(text, names)
