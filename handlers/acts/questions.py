"""Acts on what the rulebook does not hold: answered to whoever asked, made a rule for everybody, and taken back."""

from dataclasses import dataclass

from handlers import adopted, texts
from handlers.acts.actor import Actor
from handlers.language.text import clean
from handlers.messages import UserError
from handlers.notices import notification
from storage.campaign_document import Rule
from storage.campaign_schema import Campaign
from storage.campaigns import PublishRefused
from storage.ledger import Changed
from storage.matters import Question
from storage.models.people import Membership
from storage.questions import rule_id, with_answer

PHRASING_LETTERS, ANSWER_LETTERS = 60, 400
"""Characters of a question that are shown, and of an answer that are kept."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """What would become a rule: the phrasing, the answer, and what trying it came to."""

    phrasing: str
    answer: str
    found: str


def answer(actor: Actor, question: Question, said: str) -> None:
    """Answer a question that waits; the asker is told. Raises `UserError`."""
    campaign, author, words = actor.campaign, actor.author, clean(said, ANSWER_LETTERS)
    if not words:
        raise UserError(texts.questions.how_to_answer())
    if actor.store.ledger.outcome(campaign.id, author.op_id) is not None:
        return
    if question.answer:
        raise UserError(texts.questions.question_answered_before(question.number))
    told = texts.questions.answer_told(campaign, question.text, words)
    notice_id = f"{campaign.id}:answer:{question.number}:{question.by}"
    notice = notification(notice_id, campaign, "answer", question.by, told, author.at)
    asked_for = notice.model_copy(update={"asked": True})
    try:
        actor.store.questions.answer(campaign, author, actor.membership, question, words, asked_for)
    except Changed:
        raise UserError(texts.questions.question_moved(question.number)) from None


def adoption(campaign: Campaign, question: Question, said: str) -> Adoption:
    """What adopting would make of it, and whether those who ask in the same words would find it. Raises `UserError`.

    The rule is the answer, under the asker's words or those that are `said`.
    """
    if not question.answer:
        raise UserError(texts.questions.answer_first(question.number))
    phrasing = clean(said or question.text, PHRASING_LETTERS)
    if not adopted.nouns_of(phrasing):
        raise UserError(texts.questions.names_nothing(question.number, phrasing))
    met = adopted.tried(with_answer(campaign, question, phrasing), rule_id(question.number), question.text)
    return Adoption(phrasing, question.answer, texts.questions.tried(question.text, met, question.number))


def adopt(actor: Actor, number: str, phrasing: str) -> int:
    """The question and its answer become an entry of the rulebook; the version published. Raises `UserError`."""
    require_whole_campaign(actor.membership)
    question = actor.store.questions.matters.get(actor.campaign.id, number)
    if question is None:
        raise UserError(texts.questions.no_such_matter(number))
    try:
        return actor.store.questions.adopt(actor.campaign, actor.author, actor.membership, question, phrasing)
    except (Changed, PublishRefused):
        raise UserError(texts.questions.question_moved(number)) from None


def withdraw(actor: Actor, number: str) -> None:
    """The answer is a rule no more. Raises `UserError`."""
    require_whole_campaign(actor.membership)
    rule = adopted_rule(actor.campaign, number)
    if rule is None and actor.store.ledger.outcome(actor.campaign.id, actor.author.op_id) is None:
        raise UserError(texts.questions.not_adopted(number))
    try:
        if rule:
            actor.store.questions.withdraw(actor.campaign, actor.author, actor.membership, rule)
    except (Changed, PublishRefused):
        raise UserError(texts.questions.question_moved(number)) from None


def adopted_rule(campaign: Campaign, number: str) -> Rule | None:
    """The entry that the answer to a question became."""
    return next((r for r in campaign.rulebook if r.id == rule_id(number) and r.status == "answered"), None)


def require_whole_campaign(membership: Membership) -> None:
    """Raises `UserError` for whoever has no role for all of it: a rule speaks to everybody."""
    if not any(not grant.region for grant in membership.grants):
        raise UserError(texts.questions.whole_campaign_only())
