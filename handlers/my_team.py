"""我的队伍 and 认领: what a captain's teams stand at, and taking over a team that a coordinator entered."""

from handlers import tasks, texts
from handlers.hearing import said_as
from handlers.meant import spoke_of
from handlers.messages import Context, Reply, UserError
from handlers.notices import notification
from handlers.router import Router
from handlers.running import registers
from handlers.understand.answers import captain_in
from handlers.understand.readings import Ask
from handlers.wishes.slots import begins_with_claim
from storage.campaign_schema import Campaign
from storage.ledger import Changed
from storage.models.people import Card
from storage.models.pushes import Notification
from storage.models.teams import Team
from storage.platform import Seen
from storage.team_sights import TeamSight

router = Router()
CARDS = 8
"""How many teams are looked up for one reply."""


@router.command(
    "我的队伍",
    "我的团队",
    "我队",
    summary="我的队伍：编号、总额、名次",
    audience="captain",
    aside=True,
)
def my_teams(ctx: Context) -> Reply:
    """Every team she leads in the campaign: code, totals, rank, gap to the next, threshold status.

    The one that she names alone is meant for the next ten minutes. Where items are counted, what stands in the regions
    of her teams.
    """
    campaign, codes = ctx.campaign, ctx.membership.codes
    teams = ctx.own_teams(campaign)
    named = _named(ctx, teams) if len(codes) > 1 else []
    teams = named or teams
    if not teams:
        elsewhere = [c.short for c in ctx.campaigns if ctx.memberships.get(c.id) and ctx.memberships[c.id].codes]
        return Reply(texts.choices.no_team_here(campaign, elsewhere, registers(campaign, ctx.now)))
    if campaign.progress == "items":
        return Reply(_counts(ctx, teams[:CARDS]))
    sights = ctx.store.team_sights.of(campaign, teams[:CARDS], ctx.person.openid)
    cards = ["\n".join([own_card(ctx, sight), *_wish(sight)]) for sight in sights]
    shown = texts.wording.within(cards, texts.wording.SHORT_BYTES)
    rest = [texts.my_team.rest_of_teams(len(teams) - len(shown))] if len(shown) < len(teams) else []
    return Reply("\n\n".join([*shown, *rest]), remember=spoke_of(ctx, named[0]) if len(named) == 1 else {})


def own_card(ctx: Context, sight: TeamSight) -> str:
    """A team as those see it who act for it."""
    team, campaign = sight.team, ctx.campaign
    today = team.today_fen(campaign.local(ctx.now).date())
    card = texts.my_team.team_card(team, campaign, sight.place, today, sight.waiting)
    return "\n".join([card, *beside_the_platform(campaign, sight.platform)])


def beside_the_platform(campaign: Campaign, seen: Seen | None) -> list[str]:
    """What the platform says of a team, where a file of the platform's came in."""
    return [texts.platform.platform_line(campaign, seen)] if seen else []


def _wish(sight: TeamSight) -> list[str]:
    return [] if sight.wish is None else [texts.targets.wish_line(sight.team, sight.wish)]


def _named(ctx: Context, teams: list[Team]) -> list[Team]:
    """Those of her teams that she names, by code, unit or project; none where she names all of them or none."""
    said = said_as(ctx, "team")
    named = [team for team in teams if isinstance(said, Ask) and team.code in said.codes]
    return named if len(named) < len(teams) else []


def _counts(ctx: Context, teams: list[Team]) -> str:
    """The teams, and how many items of each task stand in their regions."""
    campaign, hers = ctx.campaign, {team.region for team in teams}
    regions = [region for region in campaign.regions if region.id in hers]
    rows = tasks.rows(campaign, ctx.store.tasks.counts(campaign.id), regions)
    return texts.my_team.teams_with_counts(campaign, teams, rows)


@router.command(
    "认领",
    "认领队伍",
    summary="认领 认领码 姓名 电话",
    audience="captain",
    accepts=begins_with_claim,
)
def claim(ctx: Context) -> Reply:
    """Become the captain of the team whose claim code she was given."""
    author = ctx.author("claim")
    done = ctx.store.ledger.outcome(ctx.campaign.id, author.op_id)
    if done:
        claimed = ctx.store.teams.get(ctx.campaign.id, done.outcome["code"])
    else:
        if not ctx.args:
            raise UserError(texts.my_team.how_to_claim())
        said = ctx.slots.claim
        team = _claimable(ctx, said.code if said else "")
        card = _card(ctx, team, said.rest if said else "")
        try:
            claimed = ctx.store.teams.claim(ctx.campaign, author, team, ctx.membership, card, _succeeded(ctx, team))
        except Changed:
            raise UserError(texts.my_team.no_such_claim()) from None
    return Reply(texts.my_team.claimed(claimed, ctx.campaign), remember=spoke_of(ctx, claimed))


def _claimable(ctx: Context, claim_code: str) -> Team:
    """The team that the code opens. Raises `UserError` for any other code, and for a team she leads already."""
    code = ctx.store.teams.claimable(ctx.campaign.id, claim_code) if claim_code else ""
    if not code:
        raise UserError(texts.my_team.no_such_claim())
    team = ctx.store.teams.get(ctx.campaign.id, code)
    if ctx.person.id in team.captains:
        raise UserError(texts.my_team.leads_it_already(team))
    if team.status == "merged":
        raise UserError(texts.merging.code_of_merged(team, ctx.campaign))
    if team.status == "disabled":
        raise UserError(texts.merging.code_of_disabled(team, ctx.campaign))
    if team.status not in ("active", "unclaimed"):
        raise UserError(texts.acts.off_the_lists(team, ctx.campaign))
    return team


def _succeeded(ctx: Context, team: Team) -> list[Notification]:
    """Those whose successor she becomes are told in the same step."""
    gone = team.captains if team.claim_as == "successor" else ()
    text, op = texts.told.succeeded(team), ctx.author("claim").op_id
    return [notification(f"{op}/told/{person}", ctx.campaign, "act", person, text, ctx.now) for person in gone]


def _card(ctx: Context, team: Team, about: str) -> Card:
    """Her name and telephone: as she says them, else as the coordinator entered them."""
    said = captain_in(ctx.campaign, about)
    if said.captain or said.phone:
        return Card(name=said.captain, phone=said.phone)
    return ctx.store.teams.card(ctx.campaign.id, f"#{team.code}")
