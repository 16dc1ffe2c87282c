"""差异 采用平台 保留上报 请队长核对: teams of which the platform says otherwise than was reported at that moment."""

from collections.abc import Mapping, Sequence

from handlers import texts
from handlers.acts import differences as acts
from handlers.acts.actor import Actor
from handlers.jurisdiction import covers, scopes_of
from handlers.meant import spoke_of
from handlers.messages import Context, Reply, UserError
from handlers.proposals import for_a_yes, on_yes, propose
from handlers.router import Router
from handlers.wishes.slots import begins_with_matter
from handlers.writes import Adopting, Proposal, Undo
from storage import Store
from storage.boards import ALL
from storage.campaign_schema import Campaign
from storage.matters import Difference
from storage.models.teams import Team
from storage.reports import Booked

router = Router()
PAGE = 6
MORE = "differences"
"""What `Person.more` begins with where the list goes on: `differences|start`."""
UNDONE = ("adopted", "kept")
"""The kinds of her last act that are undone here."""
SHOWN = 3
"""How many stand in 待办: the others are a word away."""


@router.command("差异", "三方差异", "平台差异", summary="差异：与平台相差的队伍", audience="coordinator", aside=True)
@router.intent("differences")
def show_differences(ctx: Context) -> Reply:
    """The open ones of her regions, the oldest first."""
    nobodys = strays(ctx.store, ctx.campaign, scopes_of(ctx, None))
    return _page(ctx, 0) or Reply(nobodys or texts.differences.none_open())


def turn(ctx: Context, place: str) -> Reply:
    """The next page."""
    return _page(ctx, int(place)) or Reply(texts.leaderboard.nothing_more())


def to_do(ctx: Context, found: Sequence[Difference], of: int, teams: Mapping[str, Team]) -> str:
    """What 待办 tells of the first of so many (`of`); '' where none waits."""
    lines = [texts.differences.line(ctx.campaign, each, teams[each.subject]) for each in found]
    return texts.differences.to_do(lines, of) if lines else ""


def strays(store: Store, campaign: Campaign, scopes: Sequence[str]) -> str:
    """What 待办 tells of the platform's rows that are nobody's, '' where there are none.

    They are of no region: who sees the whole campaign is told.
    """
    found = store.strays.all(campaign.id) if ALL in scopes else []
    codes = dict.fromkeys(code for stray in found[:SHOWN] for code in stray.likely[:1])
    teams = {team.code: team for team in store.teams.many(campaign.id, list(codes))} if codes else {}
    return texts.differences.strays(campaign, found, teams, SHOWN) if found else ""


def _page(ctx: Context, start: int) -> Reply | None:
    found = ctx.store.reconciling.page(ctx.campaign.id, scopes_of(ctx, None), start, PAGE)
    if not found.differences:
        return None
    shown = texts.wording.within(_lines(ctx, found.differences), texts.wording.SHORT_BYTES)
    end = start + len(shown)
    told = texts.differences.listed(shown, end, found.of)
    return Reply(told, remember={"more": f"{MORE}|{end}" if end < found.of else None})


def _lines(ctx: Context, found: Sequence[Difference]) -> list[str]:
    teams = {team.code: team for team in ctx.store.teams.many(ctx.campaign.id, [each.subject for each in found])}
    return [texts.differences.line(ctx.campaign, each, teams[each.subject]) for each in found]


def card(ctx: Context, number: str) -> str | None:
    """One difference of a region of hers, and what may be done about it; None for what else the number is of."""
    difference = ctx.store.reconciling.matters.get(ctx.campaign.id, number)
    team = ctx.store.teams.get(ctx.campaign.id, difference.subject) if difference else None
    if difference is None or team is None or not covers(ctx, team):
        return None
    return texts.differences.card(ctx.campaign, difference, team)


@router.command(
    "采用平台",
    summary="采用平台 / 保留上报 / 请队长核对 D12",
    audience="coordinator",
    accepts=begins_with_matter,
)
@router.intent("adopt_platform")
def adopt(ctx: Context) -> Reply:
    """The online total becomes the platform's."""
    return _adopt(ctx, _named(ctx, "采用平台"))


@on_yes(router, Adopting, reminder=texts.dialogues.ADOPTING_PLATFORM)
def adopt_moved(ctx: Context, _proposal: Proposal, said: Adopting) -> Reply:
    """She has seen what it would make of the team as it stands now."""
    return _adopt(ctx, said.number, said.version)


def _adopt(ctx: Context, number: str, agreed: int | None = None) -> Reply:
    done = acts.adopt(_actor(ctx), number, agreed)
    if isinstance(done, Booked):
        difference = acts.differing(_actor(ctx), number).difference
        return Reply(texts.differences.adopted(done, difference), remember=spoke_of(ctx, done.after))
    difference, team = done.open.difference, done.open.team
    question = texts.differences.ask_adopt(ctx.campaign, difference, team, done.reached)
    lowers = done.reached.amount_fen < team.online.amount_fen
    return for_a_yes(question, propose(ctx, Adopting(number, team.version), lowers=lowers))


@router.command("保留上报", "保留上报数", audience="coordinator", accepts=begins_with_matter)
@router.intent("keep_reported")
def keep(ctx: Context) -> Reply:
    """What was reported stays."""
    done = acts.keep(_actor(ctx), _named(ctx, "保留上报"))
    return Reply(texts.differences.kept(ctx.campaign, done.difference, done.team), remember=spoke_of(ctx, done.team))


@router.command("请队长核对", "队长核对", audience="coordinator", accepts=begins_with_matter)
@router.intent("ask_captain")
def ask_captain(ctx: Context) -> Reply:
    """Her captain gets both figures."""
    done = acts.ask_captain(_actor(ctx), _named(ctx, "请队长核对"))
    return Reply(texts.differences.asked(done.difference, done.team), remember=spoke_of(ctx, done.team))


def undo(ctx: Context, proposal: Proposal, said: Undo) -> Reply:
    """Her decision is undone, once."""
    actor = Actor(ctx.store, ctx.campaign, ctx.confirming(proposal.id), ctx.membership)
    team = ctx.store.teams.get(ctx.campaign.id, said.last.code)
    if ctx.store.ledger.outcome(ctx.campaign.id, actor.author.op_id) is None:
        found = acts.undo(actor, team, said.last)
    else:
        found = acts.differing(actor, team.difference)
    return Reply(texts.differences.undone(found.difference, found.team), remember=spoke_of(ctx, team))


def _named(ctx: Context, word: str) -> str:
    """The number of the difference that she names, by itself or by its team's code. Raises `UserError`."""
    if not ctx.membership.roles:
        raise UserError(texts.differences.by_coordinators(word, ctx.campaign))
    said, coded = ctx.slots.matter, ctx.slots.team
    if said and said.lettered:
        return said.number
    if coded is None or not coded.printed:
        raise UserError(texts.differences.which(word))
    team = next(iter(ctx.store.teams.many(ctx.campaign.id, [coded.code])), None)
    if team is None or not covers(ctx, team):
        raise UserError(texts.acts.no_such_team(coded.code))
    if not team.difference:
        raise UserError(texts.differences.none_of_team(word, team))
    return team.difference


def _actor(ctx: Context) -> Actor:
    return Actor(ctx.store, ctx.campaign, ctx.author("difference"), ctx.membership)
