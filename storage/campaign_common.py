"""What every campaign inherits from `campaigns/_common`: entries that hardly a document has, and ways of asking.

It comes with the program, wherever the campaign files are. A campaign's own entry takes the place of the common one
whose id it has or names in `covers`, and is asked for in the common ways too. No common entry speaks for a campaign's
document: it says that the document is silent, or what holds in general.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from storage.campaign_document import Rule
from storage.campaign_phrasings import Line, Phrasings, by_entry, parse
from storage.campaign_schema import Campaign

FOLDER = Path(__file__).resolve().parent.parent / "campaigns" / "_common"
WHOM = "{whom}"
"""Stands in an answer for the office to ask."""


@dataclass(frozen=True, slots=True)
class Common:
    """`phrasings` has more ids than there are entries: some things each campaign answers itself."""

    entries: tuple[Rule, ...]
    phrasings: Phrasings

    def complete(self, campaign: Campaign) -> Campaign:
        """The campaign with everything it inherits. A phrasing that it gives to one entry is no other's."""
        taken = {words for rule in campaign.rulebook for words in rule.questions}
        own = tuple(self._asked_also(rule, taken) for rule in campaign.rulebook)
        answered = {entry for rule in campaign.rulebook for entry in (rule.id, *rule.covers)}
        inherited = (self._asked_also(rule, taken) for rule in self.entries if rule.id not in answered)
        rules = (*own, *(_of(campaign, rule) for rule in inherited))
        return campaign.model_copy(update={"rulebook": rules})

    def _asked_also(self, rule: Rule, taken: set[str]) -> Rule:
        asked = (words for entry in (rule.id, *rule.covers) for words in self.phrasings.get(entry, ()))
        return rule.model_copy(update={"questions": (*rule.questions, *(w for w in asked if w not in taken))})


@lru_cache(maxsize=1)
def common() -> Common:
    """What stands in the program's own folder. Raises for a fault of the program, never of a campaign."""
    tables = tomllib.loads((FOLDER / "rulebook.toml").read_text(encoding="utf-8"))
    lines = list(parse((FOLDER / "phrasings.tsv").read_text(encoding="utf-8")))
    good = [line for line in lines if isinstance(line, Line)]
    if len(good) < len(lines):
        raise ValueError(next(line for line in lines if isinstance(line, str)))
    return Common(TypeAdapter(tuple[Rule, ...]).validate_python(tables["rulebook"]), by_entry(good))


def _of(campaign: Campaign, rule: Rule) -> Rule:
    """A common entry as this campaign's: whom to ask is its first public contact, else who organises it."""
    contact = next((contact for contact in campaign.contacts if contact.public), None)
    if WHOM not in rule.answer:
        return rule
    office = contact.office if contact else campaign.organisers[0].name if campaign.organisers else "主办单位"
    return rule.model_copy(
        update={"answer": rule.answer.replace(WHOM, office), "contact": contact.id if contact else None}
    )
