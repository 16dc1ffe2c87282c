"""待答 回答 收录 撤下: what the rulebook does not hold, a coordinator answers; on her word it becomes an entry."""

from handlers import matters, texts
from handlers.acts import questions as acts
from handlers.acts.actor import Actor
from handlers.choices import is_yes_or_no
from handlers.language.text import clean
from handlers.messages import Context, Reply, UserError
from handlers.proposals import for_a_yes, on_yes, propose
from handlers.router import Router
from handlers.rulebook.phrasing import LONGEST as LONGEST_QUESTION
from handlers.wishes.slots import begins_with_matter
from handlers.writes import Adopt, PassOn, Proposal, Withdraw
from storage.matters import Question
from storage.questions import number_of

router = Router()


def offer(ctx: Context, question: str, said: str) -> Reply:
    """What was said to a question that no rule answers, and whether the coordinators are to have it: her yes decides.

    They see the words and not whose they are. Where nobody coordinates nothing is offered, nor to who does so herself:
    what was said names whom to ask.
    """
    if ctx.membership.roles or not ctx.store.people.coordinators(ctx.campaign.id):
        return Reply(said)
    return for_a_yes(texts.questions.ask_pass_on(said), propose(ctx, PassOn(clean(question, LONGEST_QUESTION))))


@on_yes(router, PassOn, reminder=texts.dialogues.PASSING_ON, passing=is_yes_or_no)
def pass_on(ctx: Context, _proposal: Proposal, said: PassOn) -> Reply:
    """Her question waits for a coordinator."""
    waits = ctx.store.questions.ask(ctx.campaign, ctx.person.id, said.question, ctx.now)
    return Reply(texts.questions.question_waits() if waits else texts.questions.questions_are_full())


@router.command(
    "待答", "待答问题", summary="待答 / 回答 D3 内容 / 收录 D3 / 撤下 D3", audience="coordinator", aside=True
)
@router.intent("unanswered")
def show_waiting(ctx: Context) -> Reply:
    """The questions that wait for a coordinator, oldest first."""
    _require_role(ctx)
    waiting = ctx.store.questions.waiting(ctx.campaign.id)
    return Reply(
        texts.questions.questions_waiting([texts.questions.question_line(q.number, q.text, q.was) for q in waiting])
    )


@router.command("回答", "答复", aside=True, accepts=begins_with_matter)
def answer(ctx: Context) -> Reply:
    """Answer a question that waits; the asker is told."""
    _require_role(ctx)
    question, said = _named(ctx)
    acts.answer(Actor(ctx.store, ctx.campaign, ctx.author("answer"), ctx.membership), question, said)
    return Reply(texts.questions.question_answered(question.number))


@router.command("收录", aside=True, accepts=begins_with_matter)
def adopt(ctx: Context) -> Reply:
    """Show what would become a rule for everybody, and whether those who ask in the same words would find it.

    The rule is the answer, under the asker's words or those behind the number.
    """
    _require_whole_campaign(ctx)
    question, said = _named(ctx)
    would = acts.adoption(ctx.campaign, question, said)
    shown = texts.questions.ask_adopt(ctx.campaign, would.phrasing, would.answer, would.found)
    return for_a_yes(shown, propose(ctx, Adopt(question.number, would.phrasing, would.found)))


@on_yes(router, Adopt, reminder=texts.dialogues.ADOPTING)
def publish(ctx: Context, proposal: Proposal, said: Adopt) -> Reply:
    """The question and its answer become an entry of the rulebook."""
    _require_whole_campaign(ctx)
    actor = Actor(ctx.store, ctx.campaign, ctx.confirming(proposal.id), ctx.membership)
    version = acts.adopt(actor, said.number, said.phrasing)
    return Reply(texts.questions.question_adopted(said.phrasing, version, said.number, said.found))


@router.command("撤下", audience="coordinator", aside=True, accepts=begins_with_matter)
def withdraw(ctx: Context) -> Reply:
    """Show which adopted answer would be a rule no more; without a number, which there are."""
    _require_whole_campaign(ctx)
    rules = [rule for rule in ctx.campaign.rulebook if rule.status == "answered"]
    said = ctx.slots.matter
    if said is None:
        return Reply(
            texts.questions.adopted_answers(
                [texts.questions.question_line(number_of(r), r.questions[0]) for r in rules]
            )
        )
    number = said.number if said.lettered else matters.named(ctx, ctx.store.questions.matters, said).number
    if (rule := acts.adopted_rule(ctx.campaign, number)) is None:
        raise UserError(texts.questions.not_adopted(number))
    shown = texts.questions.ask_withdraw(ctx.campaign, number, rule.questions[0], rule.answer)
    return for_a_yes(shown, propose(ctx, Withdraw(number)))


@on_yes(router, Withdraw, reminder=texts.dialogues.WITHDRAWING)
def unpublish(ctx: Context, proposal: Proposal, said: Withdraw) -> Reply:
    """The answer is a rule no more."""
    _require_whole_campaign(ctx)
    actor = Actor(ctx.store, ctx.campaign, ctx.confirming(proposal.id), ctx.membership)
    acts.withdraw(actor, said.number)
    return Reply(texts.questions.question_withdrawn(said.number))


def _named(ctx: Context) -> tuple[Question, str]:
    """The question that the arguments number, and what follows. Raises `UserError`."""
    said = ctx.slots.matter
    if said is None:
        raise UserError(texts.questions.no_such_question())
    return matters.named(ctx, ctx.store.questions.matters, said), said.rest


def _require_whole_campaign(ctx: Context) -> None:
    _require_role(ctx)
    acts.require_whole_campaign(ctx.membership)


def _require_role(ctx: Context) -> None:
    if not ctx.membership.roles:
        raise UserError(texts.coordinators.coordinators_only(ctx.campaign))
