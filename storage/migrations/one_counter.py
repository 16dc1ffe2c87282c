"""Questions and cases had counters of their own: one counter numbers them by now, and they are matters."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from storage.database import script
from storage.ledger import Plan
from storage.matters import Incident, Matter, MatterKind, Matters, Question
from storage.migrations.step import Upgrade

_republish = script("republish")

_BEFORE: Mapping[str, MatterKind] = {"questions": "question", "incidents": "incident"}
"""The hashes of schema version 1, and what stands in them."""
_ADOPTED = "answered-"
"""The ids of entries that coordinators' answers became begin so; the question's number follows."""


class _Kept(NamedTuple):
    """A question or case as schema version 1 kept it."""

    at: datetime
    name: str
    number: str
    stored: str


def number_matters(upgrade: Upgrade) -> list[str]:
    """Every question and case becomes a matter with a number of the one counter, the oldest first, and keeps its own.

    Adopted answers go with their questions; one whose question is forgotten has a number of its own from then on.
    """
    for campaign, record in upgrade.database.hgetall(upgrade.keys.campaigns()).items():
        for kept in _kept(upgrade, campaign):
            upgrade.go_on()
            _number(upgrade, campaign, kept, _adopted(json.loads(record)))
        _rename_adopted(upgrade, campaign, record)
    return []


def _kept(upgrade: Upgrade, campaign: str) -> list[_Kept]:
    found = []
    for name in _BEFORE:
        for number, stored in upgrade.database.hgetall(upgrade.keys.before_matters(campaign, name)).items():
            found.append(_Kept(datetime.fromisoformat(json.loads(stored)["at"]), name, number, stored))
    return sorted(found)


def _number(upgrade: Upgrade, campaign: str, kept: _Kept, adopted: set[str]) -> None:
    keys, before = upgrade.keys, upgrade.keys.before_matters(campaign, kept.name)
    kind = _BEFORE[kept.name]
    number = Matters(upgrade.database, keys, Question).next_number(campaign)
    matter = _matter(kind, json.loads(kept.stored), number, kept.number in adopted)
    author = upgrade.author(f"{campaign}/{kind}/{kept.number}")
    plan = Plan(keys, campaign, author, "matter.numbered", values={"of": kind, "was": kept.number, "matter": number})
    plan.expect(before, kept.number, kept.stored)
    plan.effect("HSET", keys.matters(campaign, kind), number, matter.model_dump_json())
    plan.effect("HDEL", before, kept.number)
    plan.commit(upgrade.database, {})


def _matter(kind: MatterKind, said: dict[str, Any], number: str, adopted: bool) -> Matter:
    known = {"number": number, "was": said["number"], "at": said["at"], "by": said["by"], "text": said["text"]}
    if kind == "incident":
        return Incident.model_validate(known | {"told": said["told"]})
    state = "adopted" if adopted else "answered" if said["answer"] else "open"
    return Question.model_validate(known | {k: said[k] for k in ("answer", "answered_at")} | {"state": state})


def _adopted(record: dict[str, Any]) -> set[str]:
    """The numbers behind the answers that were adopted before there was one counter."""
    adopted = (rule["id"] for rule in record["file"]["rulebook"] if rule["status"] == "answered")
    numbers = {rule_id.removeprefix(_ADOPTED) for rule_id in adopted if rule_id.startswith(_ADOPTED)}
    return {number for number in numbers if number.isdecimal()}


def _rename_adopted(upgrade: Upgrade, campaign: str, stored: str) -> None:
    """Whatever is published meanwhile, in every publication, closed ones too."""
    record, matters = json.loads(stored), Matters(upgrade.database, upgrade.keys, Question)
    numbers = {question.was: question.number for question in matters.all(campaign)}
    ids = {f"{_ADOPTED}{was}": was for was in _adopted(record)}
    if not ids:
        return
    for rule in record["file"]["rulebook"]:
        if was := ids.get(rule["id"]):
            rule["id"] = f"{_ADOPTED}{(numbers.get(was) or matters.next_number(campaign)).lower()}"
    keys = [upgrade.keys.campaigns(), upgrade.keys.campaigns_version()]
    if not _republish(upgrade.database, keys, [campaign, stored, json.dumps(record, ensure_ascii=False)]):
        _rename_adopted(upgrade, campaign, upgrade.database.hget(upgrade.keys.campaigns(), campaign))
