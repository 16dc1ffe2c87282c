"""Acts on one case: taken, handed on, closed, and the closing undone. Who reported it is told, without names."""

from collections.abc import Callable, Mapping
from functools import partial

from handlers import case_notices, texts
from handlers.acts.actor import Actor
from handlers.messages import UserError
from storage.campaign_schema import Campaign
from storage.casework import sees
from storage.incidents import Closing
from storage.ledger import Changed, NotAllowed
from storage.matters import Incident
from storage.models.people import Membership
from storage.models.pushes import Notification


def take(actor: Actor, case: Incident) -> None:
    """She looks after it from now on. Raises `UserError`; whoever comes second reads who was first."""
    _require_open(case)
    offices = actor.store.people.offices(actor.campaign.id)
    if case.state == "taken" and (holder := holder_of(offices, actor.campaign, case)):
        said = texts.cases.yours_already(case) if case.owner == actor.author.person else ""
        raise UserError(said or texts.cases.taken_before(case, holder))
    told = _to_reporter(actor, case, texts.cases.told_taken, "taken")
    cases = actor.store.incidents
    _write(case, lambda: cases.take(actor.campaign, actor.author, actor.membership, case, told))


def hand_on(actor: Actor, case: Incident, region: str) -> Incident:
    """To another region's office, '' for the whole campaign's, where somebody may take it. Raises `UserError`."""
    _require_open(case)
    store, campaign, author = actor.store, actor.campaign, actor.author
    there = case.model_copy(update={"region": region})
    people = case_notices.of_office(case_notices.who_sees(store, campaign, there), region)
    if not people:
        raise UserError(texts.cases.not_to(campaign, case, region))
    if region == case.region:
        raise UserError(texts.cases.is_there_already(campaign, case))
    said = texts.cases.handed_notice(campaign, case)
    told = case_notices.to_office(campaign, case, people, said, _step(actor, "handed"), author.at)
    _write(case, lambda: store.incidents.hand_on(campaign, author, actor.membership, case, region, told))
    return there


def close(actor: Actor, case: Incident, result: str) -> None:
    """It is settled, with what came of it. Raises `UserError`."""
    _require_open(case)
    told = _to_reporter(actor, case, partial(texts.cases.told_closed, result=result), "closed")
    cases = actor.store.incidents
    _write(case, lambda: cases.close(actor.campaign, actor.author, actor.membership, case, result, told))


def reopen(actor: Actor, case: Incident, closing: Closing) -> None:
    """Undo her closing: it waits as before. Raises `UserError`."""
    if case.state != "closed":
        raise UserError(texts.cases.not_closed(case.number))
    told = _to_reporter(actor, case, texts.cases.told_reopened, "reopened")
    cases = actor.store.incidents
    _write(case, lambda: cases.reopen(actor.campaign, actor.author, actor.membership, case, closing, told))


def holder_of(offices: Mapping[str, Membership], campaign: Campaign, case: Incident) -> str:
    """The office of whoever has taken it, of all who have a role; '' where nobody has, or who had sees it no more."""
    holder = offices.get(case.owner, Membership())
    path = campaign.region_path(case.region) if case.region else ()
    grant = holder.grant_over(path)
    return texts.naming.office_name(campaign, grant) if grant and sees(campaign, holder, case) else ""


def _require_open(case: Incident) -> None:
    if case.state == "closed":
        raise UserError(texts.cases.closed_before(case))


def _to_reporter(actor: Actor, case: Incident, say: case_notices.Say, step: str) -> list[Notification]:
    author = actor.author
    return case_notices.to_reporter(actor.campaign, case, say, _step(actor, step), author.person, author.at)


def _step(actor: Actor, step: str) -> str:
    """A notice of its own for each time that something is done."""
    return f"{step}:{actor.author.op_id}"


def _write(case: Incident, make: Callable[[], None]) -> None:
    try:
        make()
    except NotAllowed:
        raise UserError(texts.questions.no_such_matter(case.number)) from None
    except Changed:
        raise UserError(texts.cases.moved(case.number)) from None
