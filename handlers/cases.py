"""案件 接手 转 结案, and a case by its number: complaints and warnings, as coordinators look after them.

A case that is not hers to see is answered as if there were none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from handlers import differences, matters, pages, raises, reviews, texts
from handlers.acts import cases as acts
from handlers.acts.actor import Actor
from handlers.language.names import find_region
from handlers.language.telephones import holds_number
from handlers.language.text import clean
from handlers.messages import Context, Reply, UserError
from handlers.proposals import for_a_yes, on_yes, propose
from handlers.router import Router
from handlers.wishes.complaints import is_the_top, names_the_day
from handlers.wishes.slots import begins_with_matter
from handlers.writes import Proposal, Reopen
from storage.casework import sees
from storage.incidents import Closing
from storage.matters import Incident

router = Router()
LONGEST = 300
"""Characters of a result that are kept."""
NAMED = 5
"""How many cases are named to whoever left out the number."""
_LATE = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CasesSeen:
    """The cases that somebody may see, by their numbers."""

    ctx: Context

    def get(self, campaign: str, number: str) -> Incident | None:
        return self._if_seen(self.ctx.store.incidents.matters.get(campaign, number))

    def once(self, campaign: str, was: str) -> Incident | None:
        return self._if_seen(self.ctx.store.incidents.matters.once(campaign, was))

    def _if_seen(self, case: Incident | None) -> Incident | None:
        return case if case and sees(self.ctx.campaign, self.ctx.membership, case) else None


def cases_of(ctx: Context) -> list[Incident]:
    """The cases that she may see: the open ones first, by the time in which something must be done."""
    hers = [case for case in ctx.store.incidents.all(ctx.campaign.id) if sees(ctx.campaign, ctx.membership, case)]
    return sorted(hers, key=lambda case: (case.state == "closed", case.due or _LATE))


def waiting(ctx: Context) -> list[Incident]:
    """Those of them that are not closed."""
    return [case for case in cases_of(ctx) if case.state != "closed"]


@router.command(
    "案件",
    "案件列表",
    "我的案件",
    summary="案件 / 接手 D3 / 转 D3 县区 / 结案 D3 结果",
    audience="coordinator",
    aside=True,
    accepts=begins_with_matter,
)
def show_cases(ctx: Context) -> Reply:
    """The cases of her region, or the one that is numbered."""
    if not ctx.membership.roles:
        return Reply(texts.incidents.call_about_case(ctx.campaign))
    said = ctx.slots.matter
    if said is not None:
        return Reply(_card(ctx, matters.named(ctx, CasesSeen(ctx), said)))
    cases = cases_of(ctx)
    lines = _lines(ctx, cases)
    tail = texts.cases.LIST_TAIL if lines else ""
    return pages.opening(pages.paged(texts.cases.list_head(ctx.campaign, cases), lines, tail))


@router.intent("matter")
def show_one(ctx: Context) -> Reply:
    """A number with its letter and nothing else."""
    _require_role(ctx, ctx.args.strip())
    said = ctx.slots.matter
    if said and (shown := reviews.shown(ctx, said.number) or raises.shown(ctx, said.number)):
        return shown
    if said and (of_platform := differences.card(ctx, said.number)):
        return Reply(of_platform)
    if said is None or (case := CasesSeen(ctx).get(ctx.campaign.id, said.number)) is None:
        raise UserError(texts.questions.no_such_matter(said.number if said else ctx.args))
    return Reply(_card(ctx, case))


def not_decided_so(ctx: Context, word: str) -> None:
    """通过 and the like with a case's number. Raises `UserError` that says what it is and which words it takes."""
    said = ctx.slots.matter
    if said and said.lettered and ctx.membership.roles and (case := CasesSeen(ctx).get(ctx.campaign.id, said.number)):
        raise UserError(texts.cases.is_a_case(word, case.number, _card(ctx, case)))


@router.command("接手", audience="coordinator", accepts=begins_with_matter)
@router.intent("take_case")
def take(ctx: Context) -> Reply:
    """She looks after a case, or figures that wait, from now on."""
    raises.taken(ctx)
    if figures := reviews.taken(ctx):
        return figures
    actor = _actor(ctx, "take")
    return Reply(texts.cases.taken(_done(actor) or _take(ctx, actor)))


def _take(ctx: Context, actor: Actor) -> Incident:
    case, _ = _named(ctx, "接手")
    acts.take(actor, case)
    return case


@router.command("转", "转交", "转办", audience="coordinator", accepts=begins_with_matter)
@router.intent("hand_case_on")
def hand_on(ctx: Context) -> Reply:
    """A case to another region's office, or up."""
    actor = _actor(ctx, "hand on")
    return Reply(texts.cases.handed(ctx.campaign, _done(actor) or _hand_on(ctx, actor)))


def _hand_on(ctx: Context, actor: Actor) -> Incident:
    case, said = _named(ctx, "转")
    return acts.hand_on(actor, case, _target(ctx, case, said))


@router.command("结案", "办结", audience="coordinator", accepts=begins_with_matter)
@router.intent("close_case")
def close(ctx: Context) -> Reply:
    """A case is settled, with what came of it."""
    actor = _actor(ctx, "close")
    return Reply(texts.cases.closed(_done(actor) or _close(ctx, actor)))


def _close(ctx: Context, actor: Actor) -> Incident:
    case, said = _named(ctx, "结案")
    if not (result := clean(said, LONGEST)):
        raise UserError(texts.cases.result_needed(case.number))
    if holds_number(result):
        raise UserError(texts.cases.no_number_in_a_result(case.number))
    acts.close(actor, case, result)
    return case


@router.intent("cases")
def show_as_asked(ctx: Context) -> Reply:
    """A sentence that asks how many cases there are, or for the list."""
    return daily_line(ctx) if names_the_day(ctx.args) else show_cases(replace(ctx, args=""))


def propose_reopening(ctx: Context, closing: Closing) -> Reply:
    """Her last act was to close a case: whether that is to be undone."""
    return for_a_yes(texts.cases.ask_reopen(closing.number), propose(ctx, Reopen(closing)))


@on_yes(router, Reopen, reminder=texts.dialogues.UNDO)
def reopen(ctx: Context, proposal: Proposal, said: Reopen) -> Reply:
    """The closing is undone."""
    actor = Actor(ctx.store, ctx.campaign, ctx.confirming(proposal.id), ctx.membership)
    return Reply(texts.cases.reopened(_done(actor) or _reopen(ctx, actor, said.closing)))


def _reopen(ctx: Context, actor: Actor, closing: Closing) -> Incident:
    if (case := CasesSeen(ctx).get(ctx.campaign.id, closing.number)) is None:
        raise UserError(texts.questions.no_such_matter(closing.number))
    acts.reopen(actor, case, closing)
    return case


def daily_line(ctx: Context) -> Reply:
    """How many cases there are, and how many wait, of those that she may see."""
    return Reply(texts.cases.daily(ctx.campaign, cases_of(ctx), ctx.now))


def _actor(ctx: Context, verb: str) -> Actor:
    return Actor(ctx.store, ctx.campaign, ctx.author(verb), ctx.membership)


def _done(actor: Actor) -> Incident | None:
    """The case that this operation wrote to, if it was done already: a message that comes again is answered alike."""
    return actor.store.incidents.done(actor.campaign.id, actor.author.op_id)


def _named(ctx: Context, word: str) -> tuple[Incident, str]:
    """The case of hers that is numbered behind a word, and what is said besides. Raises `UserError`."""
    _require_role(ctx, word)
    said = ctx.slots.matter
    if said is None:
        raise UserError(texts.cases.which(word, _lines(ctx, waiting(ctx)[:NAMED])))
    if of_platform := differences.card(ctx, said.number):
        raise UserError(of_platform)
    return matters.named(ctx, CasesSeen(ctx), said), said.rest


def _target(ctx: Context, case: Incident, said: str) -> str:
    """The region to which a case is to go, '' for the whole campaign. Raises `UserError`."""
    if is_the_top(said):
        return ""
    region, _ = find_region(ctx.campaign, said)
    if region is None:
        raise UserError(texts.cases.where_to(case, said))
    return region.id


def _lines(ctx: Context, cases: Sequence[Incident]) -> list[str]:
    campaign, offices = ctx.campaign, ctx.store.people.offices(ctx.campaign.id)
    return [texts.cases.case_line(campaign, case, acts.holder_of(offices, campaign, case), ctx.now) for case in cases]


def _card(ctx: Context, case: Incident) -> str:
    holder = acts.holder_of(ctx.store.people.offices(ctx.campaign.id), ctx.campaign, case)
    return texts.cases.one_case(ctx.campaign, case, holder, ctx.now)


def _require_role(ctx: Context, word: str) -> None:
    if not ctx.membership.roles:
        raise UserError(texts.cases.coordinators_only(word, ctx.campaign))
