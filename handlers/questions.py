"""待答 回答 收录 撤下: what the rulebook does not hold, a coordinator answers; on her word it becomes an entry."""

import secrets
from dataclasses import replace
from typing import Any

from handlers import adopted, matters, texts
from handlers.choices import said_yes
from handlers.messages import Context, Reply, UserError
from handlers.notices import notification
from handlers.router import Router
from handlers.understand.phrasing import LONGEST as LONGEST_QUESTION
from handlers.understand.text import clean
from storage.campaign_schema import Rule
from storage.campaigns import PublishRefused
from storage.ledger import Changed
from storage.matters import Question
from storage.models import Conversation
from storage.questions import number_of, rule_id, with_answer

router = Router()
PASS_ON, ADOPT, WITHDRAW = "questions.pass_on", "questions.adopt", "questions.withdraw"
SHOWN, LONGEST = 60, 400
"""Characters of a question that are shown, and of an answer that are kept."""


def offer(ctx: Context, question: str, said: str) -> Reply:
    """What was said to a question that no rule answers, and whether the coordinators are to have it: her yes decides.

    They see the words and not whose they are. Where nobody coordinates, nothing is offered.
    """
    campaign = ctx.campaign
    if not ctx.store.people.coordinators(campaign.id):
        return Reply(said)
    data = {"campaign": campaign.id, "question": clean(question, LONGEST_QUESTION)}
    return Reply(texts.questions.ask_pass_on(said), conversation=_proposal(PASS_ON, data))


@router.state(PASS_ON, reminder=texts.dialogues.PASSING_ON)
def pass_on(ctx: Context) -> Reply:
    """On a yes her question waits for a coordinator."""
    if not said_yes(ctx.args):
        return Reply(texts.dialogues.left())
    ctx, data = _begun(ctx)
    waits = ctx.store.questions.ask(ctx.campaign, ctx.person.id, data["question"], ctx.now)
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


@router.command("回答", "答复", aside=True, accepts=matters.starts_with_number)
def answer(ctx: Context) -> Reply:
    """Answer a question that waits; the asker is told."""
    _require_role(ctx)
    campaign, author = ctx.campaign, ctx.author("answer")
    question, said = _named(ctx)
    words = clean(said, LONGEST)
    if not words:
        raise UserError(texts.questions.how_to_answer())
    if ctx.store.ledger.outcome(campaign.id, author.op_id) is None:
        if question.answer:
            raise UserError(texts.questions.question_answered_before(question.number))
        told = texts.questions.answer_told(campaign, question.text, words)
        notice_id = f"{campaign.id}:answer:{question.number}:{question.by}"
        notice = notification(notice_id, campaign, "answer", question.by, told, ctx.now)
        asked_for = notice.model_copy(update={"asked": True})
        try:
            ctx.store.questions.answer(campaign, author, ctx.membership, question, words, asked_for)
        except Changed:
            raise UserError(texts.questions.question_moved(question.number)) from None
    return Reply(texts.questions.question_answered(question.number))


@router.command("收录", aside=True, accepts=matters.starts_with_number)
def adopt(ctx: Context) -> Reply:
    """Show what would become a rule for everybody, and whether those who ask in the same words would find it.

    The rule is the answer, under the asker's words or those behind the number.
    """
    _require_whole_campaign(ctx)
    question, said = _named(ctx)
    if not question.answer:
        raise UserError(texts.questions.answer_first(question.number))
    phrasing = clean(said or question.text, SHOWN)
    if not adopted.nouns_of(phrasing):
        raise UserError(texts.questions.names_nothing(question.number, phrasing))
    met = adopted.tried(with_answer(ctx.campaign, question, phrasing), rule_id(question.number), question.text)
    found = texts.questions.tried(question.text, met, question.number)
    data = {"campaign": ctx.campaign.id, "number": question.number, "phrasing": phrasing, "found": found}
    asked = texts.questions.ask_adopt(ctx.campaign, phrasing, question.answer, found)
    return Reply(asked, conversation=_proposal(ADOPT, data))


@router.state(ADOPT, reminder=texts.dialogues.ADOPTING)
def publish(ctx: Context) -> Reply:
    """On a yes the question and its answer become an entry of the rulebook."""
    if not said_yes(ctx.args):
        return Reply(texts.dialogues.left())
    ctx, data = _begun(ctx)
    _require_whole_campaign(ctx)
    campaign, author = ctx.campaign, ctx.confirming(data["id"])
    number, phrasing = data["number"], data["phrasing"]
    question = ctx.store.questions.matters.get(campaign.id, number)
    if question is None:
        raise UserError(texts.questions.no_such_matter(number))
    try:
        version = ctx.store.questions.adopt(campaign, author, ctx.membership, question, phrasing)
    except (Changed, PublishRefused):
        return Reply(texts.questions.question_moved(number))
    return Reply(texts.questions.question_adopted(phrasing, version, number, data["found"]))


@router.command("撤下", audience="coordinator", aside=True, accepts=matters.starts_with_number)
def withdraw(ctx: Context) -> Reply:
    """Show which adopted answer would be a rule no more; without a number, which there are."""
    _require_whole_campaign(ctx)
    rules = [rule for rule in ctx.campaign.rulebook if rule.status == "answered"]
    said = matters.typed(ctx.args)
    if said is None:
        return Reply(
            texts.questions.adopted_answers(
                [texts.questions.question_line(number_of(r), r.questions[0]) for r in rules]
            )
        )
    number = said.number if said.lettered else matters.named(ctx, ctx.store.questions.matters, said).number
    if (rule := _rule(ctx, number)) is None:
        raise UserError(texts.questions.not_adopted(number))
    data = {"campaign": ctx.campaign.id, "number": number}
    asked = texts.questions.ask_withdraw(ctx.campaign, number, rule.questions[0], rule.answer)
    return Reply(asked, conversation=_proposal(WITHDRAW, data))


@router.state(WITHDRAW, reminder=texts.dialogues.WITHDRAWING)
def unpublish(ctx: Context) -> Reply:
    """On a yes the answer is a rule no more."""
    if not said_yes(ctx.args):
        return Reply(texts.dialogues.left())
    ctx, data = _begun(ctx)
    _require_whole_campaign(ctx)
    campaign, author, number = ctx.campaign, ctx.confirming(data["id"]), data["number"]
    rule = _rule(ctx, number)
    if rule is None and ctx.store.ledger.outcome(campaign.id, author.op_id) is None:
        raise UserError(texts.questions.not_adopted(number))
    try:
        if rule:
            ctx.store.questions.withdraw(campaign, author, ctx.membership, rule)
    except (Changed, PublishRefused):
        return Reply(texts.questions.question_moved(number))
    return Reply(texts.questions.question_withdrawn(number))


def _proposal(state: str, data: dict[str, Any]) -> Conversation:
    return Conversation(state=state, data=data | {"id": secrets.token_hex(8)})


def _begun(ctx: Context) -> tuple[Context, dict[str, Any]]:
    """The campaign in which the proposal was made, whichever she spoke of since, and what was proposed."""
    if ctx.conversation is None:
        raise ValueError("nothing was proposed")
    data = ctx.conversation.data
    return replace(ctx, chosen=next((c for c in ctx.campaigns if c.id == data["campaign"]), ctx.chosen)), data


def _named(ctx: Context) -> tuple[Question, str]:
    """The question that the arguments number, and what follows. Raises `UserError`."""
    said = matters.typed(ctx.args)
    if said is None:
        raise UserError(texts.questions.no_such_question())
    return matters.named(ctx, ctx.store.questions.matters, said), said.rest


def _rule(ctx: Context, number: str) -> Rule | None:
    """The entry that the answer to a question became."""
    return next((r for r in ctx.campaign.rulebook if r.id == rule_id(number) and r.status == "answered"), None)


def _require_whole_campaign(ctx: Context) -> None:
    _require_role(ctx)
    if not any(not grant.region for grant in ctx.membership.grants):
        raise UserError(texts.questions.whole_campaign_only())


def _require_role(ctx: Context) -> None:
    if not ctx.membership.roles:
        raise UserError(texts.coordinators.coordinators_only())
