"""奖项 定奖: whom the campaign's rules propose, looked at and then settled by an organizer. Never a person."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers import pages, texts
from handlers.acts.actor import Actor
from handlers.jurisdiction import require_role
from handlers.messages import Context, Reply, UserError
from handlers.proposals import for_a_yes, on_yes, propose
from handlers.router import Router
from handlers.wishes.settling import is_called, settled_award
from handlers.writes import Proposal, SettleAward
from storage.awards import Laureate, Settled
from storage.campaign_extras import Award
from storage.ledger import Changed, NotAllowed

router = Router()


@router.command("奖项", "表彰", "表彰名单", summary="奖项：按规则排出的表彰名单", audience="coordinator", aside=True)
def show_awards(ctx: Context) -> Reply:
    """Every award, or the list of the one that is named, as far as her roles reach."""
    require_role(ctx)
    campaign, kept = ctx.campaign, ctx.store.awards.settled(ctx.campaign.id)
    if not campaign.awards:
        return Reply(texts.awards.none_here(campaign))
    if not ctx.args:
        rows = [(a, len(ctx.store.awards.proposed(campaign, a)), kept.get(a.id)) for a in campaign.awards]
        return Reply(texts.awards.overview(campaign, rows))
    award = _called(ctx, ctx.args)
    settled = kept.get(award.id)
    laureates = settled.laureates if settled else ctx.store.awards.proposed(campaign, award)
    hers = [each for each in laureates if ctx.membership.covers(campaign.region_path(each.region))]
    head = texts.awards.list_head(campaign, award, settled, len(hers))
    lines = [texts.awards.list_line(campaign, award, each) for each in hers]
    tail = texts.awards.list_tail(award, organizes=_organizes(ctx), settled=settled is not None)
    return pages.opening(pages.paged(head, lines, tail))


@router.command("定奖", "评定奖项", audience="organizer")
def settle(ctx: Context) -> Reply:
    """The list of an award, without those that she names: shown, then settled on her yes."""
    if not _organizes(ctx):
        raise UserError(texts.awards.by_organizers(ctx.campaign))
    if not ctx.args:
        raise UserError(texts.awards.how_to())
    said = settled_award(ctx.args)
    award = _called(ctx, said.name)
    review = _reviewed(ctx, award, said.without)
    write = SettleAward(award.id, tuple(each.key for each in review.left_out))
    question = texts.awards.ask_settle(ctx.campaign, award, review.laureates, review.left_out)
    return for_a_yes(question, propose(ctx, write))


@on_yes(router, SettleAward, reminder=texts.dialogues.SETTLING_AWARD)
def settle_on_yes(ctx: Context, proposal: Proposal, said: SettleAward) -> Reply:
    """The list as it stands now, without those she left out."""
    award = next((each for each in ctx.campaign.awards if each.id == said.award), None)
    if award is None:
        raise UserError(texts.awards.how_to())
    actor = Actor(ctx.store, ctx.campaign, ctx.confirming(proposal.id), ctx.membership)
    done = ctx.store.awards.done(ctx.campaign.id, actor.author.op_id) or _settle(actor, award, said.left_out)
    return Reply(texts.awards.settled(award, done))


def _settle(actor: Actor, award: Award, left_out: Sequence[str]) -> Settled:
    campaign, awards = actor.campaign, actor.store.awards
    proposed = awards.proposed(campaign, award)
    laureates = [each for each in proposed if each.key not in left_out]
    try:
        return awards.settle(campaign, actor.author, actor.membership, award, laureates, left_out)
    except NotAllowed:
        raise UserError(texts.awards.by_organizers(campaign)) from None
    except Changed:
        raise UserError(texts.awards.changed_meanwhile(award)) from None


@dataclass(frozen=True, slots=True)
class _Review:
    """A proposed list, parted into who stays and who is left out."""

    laureates: Sequence[Laureate]
    left_out: Sequence[Laureate]


def _reviewed(ctx: Context, award: Award, without: Sequence[str]) -> _Review:
    """Raises `UserError` where nobody is proposed, or somebody who is to be left out is not."""
    proposed = ctx.store.awards.proposed(ctx.campaign, award)
    if not proposed:
        raise UserError(texts.awards.nobody(award))
    left_out: list[Laureate] = []
    for said in without:
        meant = [each for each in proposed if is_called(said, each.code, each.name)]
        if not meant:
            raise UserError(texts.awards.left_out_unknown(award, said))
        left_out += meant
    return _Review([each for each in proposed if each not in left_out], left_out)


def _called(ctx: Context, said: str) -> Award:
    """The award of that name. Raises `UserError`."""
    awards = ctx.campaign.awards
    found = [each for each in awards if is_called(said, each.id, each.name)]
    if not found:
        raise UserError(texts.awards.no_such_award(said, [each.name for each in awards]))
    return found[0]


def _organizes(ctx: Context) -> bool:
    return any(grant.role == "organizer" and not grant.region for grant in ctx.membership.grants)
