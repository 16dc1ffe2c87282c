"""Blanking: other words in the place of what somebody said, and in the notices that carry it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from storage.database import Database
from storage.incidents import Incidents
from storage.keys import Keys, pattern
from storage.matters import Incident, Matter
from storage.models.pushes import Mail, Notification
from storage.people import People
from storage.questions import Questions

SCANNED = 10_000
"""How many ids of notices one step of a search looks at."""
Blank = Callable[[str], str]
"""What stands in the place of the words: for the number of a case, or for none ('')."""


@dataclass(frozen=True, slots=True)
class Blanking:
    database: Database
    keys: Keys
    people: People
    incidents: Incidents
    questions: Questions

    def words(self, campaign: str, concerns: Callable[[Matter], bool], blank: Blank) -> None:
        """What was complained of and asked, and the notices that carry it; that there was a case stays."""
        for case in self.incidents.with_words(campaign):
            if case.text and concerns(case):
                self._notices(campaign, self._told_of(campaign, case), blank(case.number))
                self.incidents.erase(campaign, case.number, "text")
            if case.result and concerns(case.ending):
                self._notices(campaign, self._told_of(campaign, case.ending), blank(case.number))
                self.incidents.erase(campaign, case.number, "result")
        for question in filter(concerns, self.questions.all(campaign)):
            told = [f"{campaign}:answer:{number}:{question.by}" for number in question.numbers]
            self._notices(campaign, told, blank(""))
            self.questions.erase(campaign, question)

    def told(self, campaign: str, person: str, blank: Blank) -> None:
        """What a person (by id) was told in notices of her own: a reason may name her."""
        hers = f"*[:/]{pattern(person).removesuffix('*')}"
        found = self.database.zscan_iter(self.keys.outbox(campaign), match=hers, count=SCANNED)
        self._notices(campaign, [notification_id for notification_id, _ in found], blank(""))

    def _told_of(self, campaign: str, case: Incident) -> list[str]:
        """The ids of the notices that carry words of a case: they were first due when these were said."""
        said = f"{case.at.timestamp():.3f}"
        due_then = self.database.zrangebyscore(self.keys.outbox(campaign), said, said)
        return [i for i in due_then if i.startswith(tuple(f"{campaign}:incident:{n}:" for n in case.numbers))]

    def _notices(self, campaign: str, notification_ids: Iterable[str], words: str) -> None:
        """Other words in the place of a notice's own, in the outbox and in the mailbox where it may lie."""
        for notification_id in notification_ids:
            record = self.keys.notification(campaign, notification_id)
            if doc := self.database.hget(record, "doc"):
                push = Notification.model_validate_json(doc)
                for openid in self.people.openids([push.person]).values():
                    mailbox = self.keys.mailbox(openid)
                    old, new = (Mail(text=t, read_until=push.read_until).model_dump_json() for t in (push.text, words))
                    self.database.linsert(mailbox, "BEFORE", old, new)
                    self.database.lrem(mailbox, 1, old)
                self.database.hset(record, "doc", push.model_copy(update={"text": words}).model_dump_json())
