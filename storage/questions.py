"""Questions that the rulebook does not hold: they wait for a coordinator. The ledger keeps that one was answered."""

from dataclasses import dataclass
from datetime import datetime

from storage.campaign_schema import Campaign, Rule
from storage.campaigns import Campaigns
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Plan
from storage.models import Fact, Membership, Notification

WAITING = 200
"""How many questions of a campaign wait at once; the rest is only declined."""
WAITING_OF_ONE = 5
"""How many of them are one person's."""


class Question(Fact):
    """One question. `text` is what was asked, erasable; `answer` what a coordinator said, '' until then."""

    number: str
    at: datetime
    by: str
    text: str
    answer: str = ""
    answered_at: datetime | None = None

    @property
    def last_word(self) -> datetime:
        """When something was said about it last."""
        return self.answered_at or self.at


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions of every campaign that wait for an answer, or have it."""

    database: Database
    keys: Keys

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
        number = str(self.database.incr(self.keys.next_question(campaign.id)))
        question = Question(number=number, at=at, by=person, text=text)
        self.database.hset(self.keys.questions(campaign.id), number, question.model_dump_json())
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
        answered = question.model_copy(update={"answer": answer, "answered_at": author.at})
        key = self.keys.questions(campaign.id)
        plan = Plan(self.keys, campaign.id, author, "question.answered", values={"question": question.number})
        plan.expect(self.keys.roles(campaign.id), author.person, membership.roles)
        plan.expect(key, question.number, question.model_dump_json())
        plan.effect("HSET", key, question.number, answered.model_dump_json())
        plan.notify(notification)
        plan.commit(self.database, {})
        return answered

    def adopt(
        self, campaign: Campaign, author: Author, membership: Membership, question: Question, phrasing: str
    ) -> int:
        """Make an answered question an entry of the campaign as it is published now; the new version.

        Raises `Changed`, and `PublishRefused` where the campaign is closed.
        """
        plan = Plan(self.keys, campaign.id, author, "question.adopted", values={"question": question.number})
        plan.expect(self.keys.roles(campaign.id), author.person, membership.roles)
        plan.commit(self.database, {})
        rule = Rule(
            id=f"answered-{question.number}",
            topic="answered",
            questions=(phrasing,),
            answer=question.answer,
            source="协调员答复",
            status="answered",
        )

        def with_rule(published: Campaign) -> Campaign:
            kept = tuple(r for r in published.rulebook if r.id != rule.id)
            return published.model_copy(update={"rulebook": (*kept, rule)})

        return Campaigns(self.database, self.keys).amend(campaign.id, with_rule, author.at)

    def get(self, campaign: str, number: str) -> Question | None:
        stored = self.database.hget(self.keys.questions(campaign), number)
        return Question.model_validate_json(stored) if stored else None

    def waiting(self, campaign: str) -> list[Question]:
        """Those without an answer, oldest first."""
        return [question for question in self.all(campaign) if not question.answer]

    def erase(self, campaign: str, question: Question) -> None:
        """Forget what was asked; nobody waits for the answer any more."""
        self.database.hdel(self.keys.questions(campaign), question.number)

    def all(self, campaign: str) -> list[Question]:
        """Every question that is kept, oldest first."""
        stored = map(Question.model_validate_json, self.database.hvals(self.keys.questions(campaign)))
        return sorted(stored, key=lambda question: int(question.number))
