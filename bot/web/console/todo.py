"""待办: whatever waits for her decision, of every kind that the word lists."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.web.console.desk import Desk, at_desk
from bot.web.console.forms import Asked, Submission, Told, agreed, perform, said, told_before
from bot.web.console.overview import waits_for
from handlers import texts
from handlers.acts import cases as case_acts
from handlers.acts import deliveries as delivery_acts
from handlers.acts import differences as difference_acts
from handlers.acts import raises as raise_acts
from handlers.acts import reviews as review_acts
from handlers.acts.actor import Actor
from handlers.differences import strays
from handlers.language.names import find_region
from handlers.language.text import clean
from handlers.messages import UserError
from handlers.wishes.complaints import is_the_top
from storage.casework import sees
from storage.matters import Difference, Incident, Review
from storage.models.teams import Team
from storage.reports import Booked
from storage.targets import sets_targets

PAGE = 20
"""How many of a kind stand on one page."""
RESULT_LETTERS = 300
"""Characters of a case's result that are kept."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures that wait, each with its team, from `start` of all there are."""

    rows: Sequence[tuple[Review, Team]]
    start: int
    of: int


@dataclass(frozen=True, slots=True)
class Differences:
    """What the platform says otherwise, each with its team, from `start` of all there are."""

    rows: Sequence[tuple[Difference, Team]]
    start: int
    of: int


def add_to(pages: Blueprint) -> None:
    @pages.get("/console/<campaign_id>/todo")
    def todo() -> ResponseReturnValue:
        desk = at_desk()
        actor, campaign, waits = desk.looking(), desk.campaign, waits_for(desk, 0, 0)
        offices = desk.store.people.offices(campaign.id)
        asked = [each for each in waits.raises if raise_acts.sees(actor, each)]
        cases = _by_due(desk, waits.cases)
        return render_template(
            "console/todo.html",
            desk=desk,
            told=told_before(),
            figures=_figures(desk),
            teams=_pending(desk),
            pending=waits.pending,
            differences=_differences(desk),
            cases=[(case, case_acts.holder_of(offices, campaign, case)) for case in cases[:PAGE]],
            cases_open=len(cases),
            page=PAGE,
            raises=[(each, sets_targets(campaign, desk.membership, each.subject)) for each in asked],
            deliveries=delivery_acts.waiting(actor, waits.uncertain),
            questions=waits.questions,
            difference_line=texts.differences.line,
            strays=strays(desk.store, campaign, desk.scopes).splitlines(),
            limit_said=texts.reviews.limit_said,
            figure_said=texts.reviews.said,
            total_of=texts.figures.total_of,
            case_named=texts.cases.outline,
            raise_said=texts.raises.said,
            push_named=texts.deliveries.push_line,
        )

    @pages.post("/console/<campaign_id>/todo/<number>/<word>")
    def act_on_matter(number: str, word: str) -> ResponseReturnValue:
        if word not in _ACTS:
            abort(404)

        def act(submission: Submission) -> Told | str:
            return _ACTS[word](submission.actor(word), number)

        return perform(act, url_for("console.todo"), todo)


def _by_due(desk: Desk, cases: Sequence[Incident]) -> list[Incident]:
    """The open cases that she may see, by the time in which something must be done."""
    hers = [case for case in cases if sees(desk.campaign, desk.membership, case)]
    return sorted(hers, key=lambda case: (case.due is None, case.due or case.at))


def _pending(desk: Desk) -> list[Team]:
    """The first teams that wait to be let in."""
    lists, codes = desk.store.team_lists, list[str]()
    for scope in desk.scopes:
        codes += lists.on_roll(desk.campaign.id, "pending", scope, 0, PAGE).codes
    return desk.store.teams.many(desk.campaign.id, codes[:PAGE])


def _figures(desk: Desk) -> Figures:
    start = max(0, request.args.get("start", 0, int))
    found = desk.store.desks.figures(desk.campaign.id, desk.scopes, start, PAGE)
    return Figures([(review, found.teams[review.subject]) for review in found.reviews], start, found.of)


def _differences(desk: Desk) -> Differences:
    start = max(0, request.args.get("differences", 0, int))
    found = desk.store.reconciling.page(desk.campaign.id, desk.scopes, start, PAGE)
    codes = [difference.subject for difference in found.differences]
    teams = {team.code: team for team in desk.store.teams.many(desk.campaign.id, codes)}
    return Differences([(each, teams[each.subject]) for each in found.differences], start, found.of)


def _take_figures(actor: Actor, number: str) -> str:
    found = review_acts.take(actor, number)
    return texts.reviews.taken(found.review, found.team, actor.campaign)


def _pass(actor: Actor, number: str) -> str:
    """Booked as it was said; where the team has moved since, what it would come to now is shown first."""
    done = review_acts.pass_on(actor, number, int(agreed()) if agreed().isdecimal() else None)
    if isinstance(done, Booked):
        return texts.reviews.passed(done, number, texts.reports.understood(done, actor.campaign))
    review, team, channel = done.waiting.review, done.waiting.team, done.waiting.review.channel
    present, reached = done.change.before.total(channel), done.change.after.total(channel)
    shown = texts.reviews.ask_moved(review, team, present, reached)
    raise Asked(shown, (str(team.version), texts.console.pass_it()))


def _give_back(actor: Actor, number: str) -> str:
    found = review_acts.give_back(actor, number, said("reason"))
    return texts.reviews.returned(found.review, found.team, said("reason"))


def _adopt(actor: Actor, number: str) -> str:
    """The online total becomes the platform's; where the team has reported since, what it would come to is shown."""
    done = difference_acts.adopt(actor, number, int(agreed()) if agreed().isdecimal() else None)
    if isinstance(done, Booked):
        return texts.differences.adopted(done, difference_acts.differing(actor, number).difference)
    difference, team = done.open.difference, done.open.team
    shown = texts.differences.ask_adopt(actor.campaign, difference, team, done.reached)
    raise Asked(shown, (str(team.version), texts.console.adopt_it()))


def _keep(actor: Actor, number: str) -> str:
    done = difference_acts.keep(actor, number)
    return texts.differences.kept(actor.campaign, done.difference, done.team)


def _ask_captain(actor: Actor, number: str) -> str:
    done = difference_acts.ask_captain(actor, number)
    return texts.differences.asked(done.difference, done.team)


def _case(actor: Actor, number: str) -> Incident:
    """The case with a number, if it is hers to see. Raises `UserError`."""
    case = actor.store.incidents.matters.get(actor.campaign.id, number)
    if case is None or not sees(actor.campaign, actor.membership, case):
        raise UserError(texts.questions.no_such_matter(number))
    return case


def _on_case(
    act: Callable[[Actor, Incident], str], tell: Callable[[Actor, Incident], str]
) -> Callable[[Actor, str], str]:
    """An act on a case, or what this operation did if it was done already."""

    def do(actor: Actor, number: str) -> str:
        if done := actor.store.incidents.done(actor.campaign.id, actor.author.op_id):
            return tell(actor, done)
        return act(actor, _case(actor, number))

    return do


def _take_case(actor: Actor, case: Incident) -> str:
    case_acts.take(actor, case)
    return texts.cases.taken(case)


def _hand_on(actor: Actor, case: Incident) -> str:
    if is_the_top(to := said("to")):
        return texts.cases.handed(actor.campaign, case_acts.hand_on(actor, case, ""))
    region, rest = find_region(actor.campaign, to)
    if region is None or rest:
        raise UserError(texts.cases.where_to(case, to))
    return texts.cases.handed(actor.campaign, case_acts.hand_on(actor, case, region.id))


def _close(actor: Actor, case: Incident) -> str:
    if not (result := clean(said("result"), RESULT_LETTERS)):
        raise UserError(texts.cases.result_needed(case.number))
    case_acts.close(actor, case, result)
    return texts.cases.closed(case)


def _resend(actor: Actor, number: str) -> str:
    matter = actor.store.deliveries.matters.get(actor.campaign.id, number)
    sent = actor.store.outbox.many(actor.campaign.id, [matter.subject]) if matter else {}
    if matter is None or not all(delivery_acts.is_hers(actor, delivery) for delivery in sent.values()):
        raise UserError(texts.questions.no_such_matter(number))
    delivery_acts.resend(actor, matter)
    return texts.deliveries.resent(number)


_ACTS: dict[str, Callable[[Actor, str], str]] = {
    "take": _take_figures,
    "pass": _pass,
    "return": _give_back,
    "adopt": _adopt,
    "keep": _keep,
    "ask-captain": _ask_captain,
    "pass-raise": lambda actor, number: texts.raises.passed(actor.campaign, raise_acts.pass_on(actor, number)),
    "return-raise": lambda actor, number: texts.raises.returned(
        actor.campaign, raise_acts.give_back(actor, number, said("reason")), said("reason")
    ),
    "take-case": _on_case(_take_case, lambda _, case: texts.cases.taken(case)),
    "hand-on": _on_case(_hand_on, lambda actor, case: texts.cases.handed(actor.campaign, case)),
    "close": _on_case(_close, lambda _, case: texts.cases.closed(case)),
    "resend": _resend,
}
"""What is done to a matter, each by the function that its word calls."""
