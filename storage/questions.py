"""Questions that the rulebook does not hold: they wait for a coordinator. The ledger keeps that one was answered."""

from dataclasses import dataclass
from datetime import datetime

from storage.campaign_document import Rule
from storage.campaign_schema import Campaign
from storage.campaigns import Campaigns
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Plan
from storage.matters import Matters, Question
from storage.models.people import Membership
from storage.models.pushes import Notification

WAITING = 200
"""How many questions of a campaign wait at once; the rest is only declined."""
WAITING_OF_ONE = 5
"""How many of them are one person's."""
SOURCE = "协调员答复"


def rule_id(number: str) -> str:
    """The id of the entry that a question's answer becomes."""
    return f"answered-{number.lower()}"


def number_of(rule: Rule) -> str:
    """The number of the question behind an adopted answer."""
    return rule.id.removeprefix("answered-").upper()


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions of every campaign that wait for an answer, or have it."""

    database: Database
    keys: Keys

    @property
    def matters(self) -> Matters[Question]:
        return Matters(self.database, self.keys, Question)

    def ask(self, campaign: Campaign, person: str, text: str, at: datetime) -> bool:
        """Put a question on the coordinators' list; False where the list or the person's share of it is full.

        The same question of the same person waits once.
        """
        waiting = self.waiting(campaign.id)
        hers = [q for q in waiting if q.by == person]
        if any(q.text == text for q in hers):
            return True
        if len(waiting) >= WAITING or len(hers) >= WAITING_OF_ONE:
            return False
        number = self.matters.next_number(campaign.id)
        question = Question(number=number, at=at, by=person, text=text)
        self.database.hset(self._key(campaign), number, question.model_dump_json())
        return True

    def answer(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        question: Question,
        answer: str,
        notification: Notification,
    ) -> Question:
        """Keep a coordinator's answer and tell the asker, in one step. Raises `Changed` where it moved meanwhile."""
        answered = question.model_copy(update={"answer": answer, "answered_at": author.at, "state": "answered"})
        plan = self._plan(campaign, author, membership, "question.answered", question.number)
        self._change(plan, question, answered)
        plan.notify(notification)
        plan.commit(self.database, {})
        return answered

    def adopt(
        self, campaign: Campaign, author: Author, membership: Membership, question: Question, phrasing: str
    ) -> int:
        """Make an answered question an entry of the campaign as it is published now; the new version.

        Raises `Changed`, and `PublishRefused` where the campaign is closed.
        """
        plan = self._plan(campaign, author, membership, "question.adopted", question.number)
        self._change(plan, question, question.model_copy(update={"state": "adopted"}))
        plan.commit(self.database, {})
        return Campaigns(self.database, self.keys).amend(
            campaign.id, lambda published: with_answer(published, question, phrasing), author.at
        )

    def withdraw(self, campaign: Campaign, author: Author, membership: Membership, rule: Rule) -> int:
        """Take an adopted answer out of the campaign as it is published now; the new version.

        Who asked has her answer all the same. Raises `Changed`, and `PublishRefused` where the campaign is closed.
        """
        number = number_of(rule)
        plan = self._plan(campaign, author, membership, "question.withdrawn", number)
        if question := self.matters.get(campaign.id, number):
            self._change(plan, question, question.model_copy(update={"state": "answered"}))
        plan.commit(self.database, {})

        def without(published: Campaign) -> Campaign:
            kept = tuple(r for r in published.rulebook if r.id != rule.id)
            return published.model_copy(update={"rulebook": kept})

        return Campaigns(self.database, self.keys).amend(campaign.id, without, author.at)

    def waiting(self, campaign: str) -> list[Question]:
        """Those without an answer, oldest first."""
        return [question for question in self.all(campaign) if question.state == "open"]

    def erase(self, campaign: str, question: Question) -> None:
        """Forget what was asked; nobody waits for the answer any more."""
        self.database.hdel(self.keys.matters(campaign, "question"), question.number)

    def all(self, campaign: str) -> list[Question]:
        """Every question that is kept, oldest first."""
        return self.matters.all(campaign)

    def _key(self, campaign: Campaign) -> str:
        return self.keys.matters(campaign.id, "question")

    def _plan(self, campaign: Campaign, author: Author, membership: Membership, kind: str, number: str) -> Plan:
        plan = Plan(self.keys, campaign.id, author, kind, values={"question": number})
        plan.expect(self.keys.roles(campaign.id), author.person, membership.roles)
        return plan

    def _change(self, plan: Plan, before: Question, after: Question) -> None:
        """On the condition that it is still as it was read."""
        key = self.keys.matters(plan.campaign, "question")
        plan.expect(key, before.number, before.model_dump_json())
        plan.effect("HSET", key, before.number, after.model_dump_json())


def with_answer(campaign: Campaign, question: Question, phrasing: str) -> Campaign:
    """The campaign with an answer among its rules; phrasings under which the same answer was adopted before stay."""
    its = rule_id(question.number)
    before = next((r.questions for r in campaign.rulebook if r.id == its and r.answer == question.answer), ())
    rule = Rule(
        id=its,
        topic="answered",
        questions=tuple(dict.fromkeys((*before, phrasing))),
        answer=question.answer,
        source=SOURCE,
        status="answered",
    )
    return campaign.model_copy(update={"rulebook": (*(r for r in campaign.rulebook if r.id != its), rule)})
