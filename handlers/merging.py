"""合并: one team goes on as another. Both totals are shown first, and what they come to on one page or on two."""

from handlers import texts
from handlers.acts import merging as acts
from handlers.acts.actor import Actor
from handlers.meant import spoke_of
from handlers.messages import Context, Reply, UserError
from handlers.proposals import for_a_yes, on_yes, proposal_of, propose, taken, waits
from handlers.router import Router
from handlers.team_cards import teams_called
from handlers.understand.answers import number_chosen
from handlers.wishes.slots import begins_with_team, two_teams
from handlers.writes import Merge, Proposal
from storage.mergers import Pages
from storage.models.teams import Team

router = Router()
ASK_PAGES = "merging.pages"
PAGES: tuple[Pages, ...] = ("one", "two")
"""The lines of the choice, in their order."""


@router.command("合并", summary="合并 编号 编号：前一支并入后一支", audience="coordinator", accepts=begins_with_team)
def propose_merging(ctx: Context) -> Reply:
    """The preview: both totals, and which pages they were reported from where that makes a difference."""
    if not ctx.membership.roles:
        raise UserError(texts.acts.captains_may_not("合并", ctx.campaign))
    source, target = _two(ctx)
    actor = Actor(ctx.store, ctx.campaign, ctx.author("merge"), ctx.membership)
    found = acts.outcomes(actor, source, target)
    proposal = propose(ctx, Merge(source.code, source.version, target.code, target.version))
    if found.added is None:
        return for_a_yes(texts.merging.ask(ctx.campaign, source, target, found.newer), proposal)
    question = texts.merging.ask_pages(ctx.campaign, source, target, found.newer, found.added)
    return Reply(question, conversation=waits(proposal, ASK_PAGES, asked=question))


@router.state(ASK_PAGES, reminder=texts.dialogues.PAGES)
def take_pages(ctx: Context) -> Reply:
    """One donation page, or two."""
    number, proposal = number_chosen(ctx.args, len(PAGES)), proposal_of(ctx.conversation)
    if number is None:
        raise UserError(texts.dialogues.choose_a_number(len(PAGES)))
    write = proposal.write
    if not isinstance(write, Merge):
        raise TypeError(f"{write} waits for its pages")
    return taken(ctx, proposal, lambda ctx: _merge(ctx, proposal, write, PAGES[number]))


@on_yes(router, Merge, reminder=texts.dialogues.MERGE)
def merge(ctx: Context, proposal: Proposal, write: Merge) -> Reply:
    """Nothing that both reported: their totals simply come together."""
    return _merge(ctx, proposal, write, "two")


def _merge(ctx: Context, proposal: Proposal, write: Merge, pages: Pages) -> Reply:
    actor = Actor(ctx.store, ctx.campaign, ctx.confirming(proposal.id), ctx.membership)
    acted = actor.done()
    if acted is None:
        source, target = (ctx.store.teams.get(ctx.campaign.id, code) for code in (write.source, write.target))
        for team, version in ((source, write.source_version), (target, write.target_version)):
            if team.version != version:
                raise UserError(texts.acts.changed_meanwhile(team, actor.last_change(team)))
        acted = acts.merge(actor, source, target, pages)
    return Reply(acts.said(actor, acted), remember=spoke_of(ctx, acted.after))


def _two(ctx: Context) -> tuple[Team, Team]:
    """The two teams that are named, by code or unit. Raises `UserError`."""
    first, second, rest = two_teams(ctx.args)
    if not first or not second or rest:
        raise UserError(texts.merging.how_to())
    return _one(ctx, first), _one(ctx, second)


def _one(ctx: Context, name: str) -> Team:
    teams = teams_called(ctx, name)
    if not teams:
        raise UserError(texts.acts.no_such_team(name))
    if len(teams) > 1:
        raise UserError(texts.acts.several_of_unit(teams[0].unit, "、".join(f"#{team.code}" for team in teams)))
    return teams[0]
