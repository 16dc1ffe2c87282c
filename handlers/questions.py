"""待答 回答 收录: what the rulebook does not hold is answered by a coordinator, and becomes an entry on her word."""

import re
import secrets
from dataclasses import replace

from handlers import texts
from handlers.choices import said_yes
from handlers.messages import Context, Reply, UserError
from handlers.notices import notification
from handlers.router import SEPARATORS, Router
from handlers.understand.text import clean
from storage.campaigns import PublishRefused
from storage.ledger import Changed
from storage.models import Conversation
from storage.questions import Question

router = Router()
ADOPT = "questions.adopt"
SHOWN, LONGEST = 60, 400
"""Characters of a question that are shown, and of an answer that are kept."""
_NUMBERED = re.compile(r"(?:一?下|了|[: ])*[#第]? ?(\d{1,6})(?!\d)[个条号]?")


def _starts_with_number(text: str) -> bool:
    return _NUMBERED.match(text) is not None


@router.command("待答", "待答问题", summary="待答 / 回答 3 内容 / 收录 3", audience="coordinator", aside=True)
@router.intent("unanswered")
def show_waiting(ctx: Context) -> Reply:
    """The questions that wait for a coordinator, oldest first."""
    _require_role(ctx)
    waiting = ctx.store.questions.waiting(ctx.campaign.id)
    return Reply(texts.questions.questions_waiting([texts.questions.question_line(q.number, q.text) for q in waiting]))


@router.command("回答", "答复", aside=True, accepts=_starts_with_number)
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


@router.command("收录", aside=True, accepts=_starts_with_number)
def adopt(ctx: Context) -> Reply:
    """Show what would become a rule for everybody: the answer, and the asker's words or those behind the number."""
    _require_whole_campaign(ctx)
    question, said = _named(ctx)
    if not question.answer:
        raise UserError(texts.questions.answer_first(question.number))
    data = {
        "id": secrets.token_hex(8),
        "campaign": ctx.campaign.id,
        "number": question.number,
        "phrasing": clean(said or question.text, SHOWN),
    }
    asked = texts.questions.ask_adopt(ctx.campaign, data["phrasing"], question.answer)
    return Reply(asked, conversation=Conversation(state=ADOPT, data=data))


@router.state(ADOPT)
def publish(ctx: Context) -> Reply:
    """On a yes the question and its answer become an entry of the rulebook."""
    if not said_yes(ctx.args):
        return Reply(texts.dialogues.left())
    if ctx.conversation is None:
        raise ValueError("no answer was shown")
    data = ctx.conversation.data
    ctx = replace(ctx, chosen=next((c for c in ctx.campaigns if c.id == data["campaign"]), ctx.chosen))
    _require_whole_campaign(ctx)
    campaign, author = ctx.campaign, ctx.confirming(data["id"])
    question = _numbered(ctx, data["number"])
    try:
        version = ctx.store.questions.adopt(campaign, author, ctx.membership, question, data["phrasing"])
    except (Changed, PublishRefused):
        return Reply(texts.questions.question_moved(question.number))
    return Reply(texts.questions.question_adopted(data["phrasing"], version))


def _named(ctx: Context) -> tuple[Question, str]:
    """The question that the arguments number, and what follows. Raises `UserError`."""
    number = _NUMBERED.match(ctx.args)
    if number is None:
        raise UserError(texts.questions.no_such_question())
    return _numbered(ctx, number[1].lstrip("0")), ctx.args[number.end() :].strip(SEPARATORS)


def _numbered(ctx: Context, number: str) -> Question:
    question = ctx.store.questions.get(ctx.campaign.id, number)
    if question is None:
        raise UserError(texts.questions.no_such_question())
    return question


def _require_whole_campaign(ctx: Context) -> None:
    _require_role(ctx)
    if not any(not grant.region for grant in ctx.membership.grants):
        raise UserError(texts.questions.whole_campaign_only())


def _require_role(ctx: Context) -> None:
    if not ctx.membership.roles:
        raise UserError(texts.coordinators.coordinators_only())
