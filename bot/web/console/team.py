"""One team: what stands, every report and act with who did it, and what a coordinator does to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.web.console import amounts
from bot.web.console.desk import Desk, at_desk
from bot.web.console.forms import Asked, Submission, Told, agreed, perform, said, submitted, told_before
from bot.web.console.overview import last_act
from handlers import texts
from handlers.acts import announcements, merging
from handlers.acts import reports as figures
from handlers.acts import teams as acts
from handlers.acts.actor import Actor
from handlers.correction_doubts import doubts, waits_for
from handlers.messages import UserError
from handlers.understand.plausible import beyond
from storage.ledger import Changed, NotAllowed
from storage.matters import Review
from storage.mergers import Pages
from storage.models import Card, Channel, Report, Team, Total
from storage.reckoning import Reading
from storage.reports import Booked
from storage.team_acts import Acted

ENTRIES = 50
"""Lines of a team's history on one page."""
CHANNELS: tuple[Channel, ...] = ("online", "offline")


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a channel, and the report on which it does; None where nothing was reported."""

    channel: Channel
    total: Total
    newest: Report | None


def add_to(pages: Blueprint) -> None:
    @pages.get("/console/<campaign_id>/teams/<code>")
    def team(code: str) -> ResponseReturnValue:
        return _page(at_desk(), code)

    @pages.post("/console/<campaign_id>/teams/<code>/cards")
    def card(code: str) -> ResponseReturnValue:
        """The captains' names and telephones; that they were shown is written down first."""
        submission = submitted()
        desk, actor = submission.desk, submission.actor("card")
        found = desk.team(code)
        try:
            shown = desk.store.disclosures.cards(desk.campaign, actor.author, desk.membership, found)
        except (NotAllowed, Changed):
            abort(404)
        return _page(desk, code, shown)

    @pages.post("/console/<campaign_id>/teams/<code>/<word>")
    def act_on_team(code: str, word: str) -> ResponseReturnValue:
        if word not in _ACTS:
            abort(404)
        desk = at_desk()
        found = desk.team(code)

        def act(submission: Submission) -> Told | str:
            return _ACTS[word](submission.actor(word), found)

        return perform(act, url_for("console.team", code=found.code), lambda: _page(desk, code))


def _page(desk: Desk, code: str, cards: Sequence[Card] | None = None) -> str:
    """`cards`: what the captains left of themselves, None where it was not asked for."""
    team, store, campaign = desk.team(code), desk.store, desk.campaign
    skipped = max(0, request.args.get("skipped", 0, int))
    entries = store.histories.newest(campaign.id, team.code, ENTRIES, skipped)
    names = desk.looking().names_for(team, entries)
    seen = store.platform.seen(campaign, team)
    return render_template(
        "console/team.html",
        desk=desk,
        told=told_before(),
        team=team,
        cards=cards,
        last=last_act(desk, team.code),
        standings=standings(desk, team),
        waiting=store.reviews.matters.many(campaign.id, team.held),
        history=[texts.team_histories.history_parts(campaign, team, entry, names) for entry in entries],
        skipped=skipped,
        more=skipped + len(entries) < store.histories.length(campaign.id, team.code),
        people=texts.unit_people.lines(store.unit_people.of(campaign.id, team.code)),
        platform=texts.platform.platform_line(campaign, seen) if seen else "",
        threshold=campaign.threshold_for(team.project),
    )


def standings(desk: Desk, team: Team) -> list[Standing]:
    ids = [total.report for total in (team.online, team.offline) if total.report]
    reports = {report.id: report for report in desk.store.reports.many(desk.campaign.id, ids)}
    return [Standing(c, team.total(c), reports.get(team.total(c).report)) for c in CHANNELS]


def _channel() -> Channel:
    channel = next((each for each in CHANNELS if each == said("channel")), None)
    return channel or abort(404)


def _newest(actor: Actor, team: Team) -> Report:
    """The report on which the channel's total stands, if it is the one that she was shown. Raises `UserError`."""
    stands = team.total(_channel()).report
    if not stands:
        raise UserError(texts.reports.nothing_reported(team))
    if stands != said("report"):
        raise UserError(texts.acts.changed_meanwhile(team, actor.last_change(team)))
    return actor.store.reports.many(actor.campaign.id, [stands])[0]


def _correct(actor: Actor, team: Team) -> str:
    """The right total in the place of what stands; what is doubted is shown first."""
    if done := actor.store.reviews.done(actor.campaign.id, actor.author.op_id):
        return _written(actor, done)
    newest, right = _newest(actor, team), amounts.total_said(said("amount"), said("donations"))
    right = Total(amount_fen=right.amount_fen, donations=newest.donations if not said("donations") else right.donations)
    if (right.amount_fen, right.donations) == (newest.amount_fen, newest.donations):
        raise UserError(texts.corrections.nothing_to_change(team, newest))
    seen = f"{newest.id} {right.amount_fen} {right.donations}"
    if agreed() != seen and (why := list(doubts(actor.campaign, newest, right, sure=False))):
        shown = texts.corrections.ask_correction(team, newest.channel, right, why)
        raise Asked(shown, (seen, texts.console.correct_it()))
    why_waits = waits_for(actor.campaign, newest, right)
    return _figures(
        actor,
        team,
        lambda: (
            figures.wait_to_correct(actor, team, newest, right, why_waits)
            if why_waits
            else figures.correct(actor, team, newest, right)
        ),
    )


def _report(actor: Actor, team: Team) -> str:
    """A total that she writes for a captain, shown first; what is beyond a limit waits like any other."""
    if done := actor.store.reviews.done(actor.campaign.id, actor.author.op_id):
        return _written(actor, done)
    window = actor.campaign.windows.reporting
    if team.status in ("pending", "rejected"):
        raise UserError(texts.acts.off_the_lists(team, actor.campaign))
    if window is not None and not window.holds(actor.author.at):
        raise UserError(texts.reports.reporting_closed(actor.campaign))
    right, channel = amounts.total_said(said("amount"), said("donations")), _channel()
    reading = Reading("total", channel, right.amount_fen, right.donations if said("donations") else None)
    present, why = team.total(channel), beyond(actor.campaign, team, reading, at_desk().today)
    seen = f"{team.version} {right.amount_fen} {right.donations}"
    if agreed() != seen:
        shown = texts.console.report_for(team, channel, present, right, actor.campaign, why)
        raise Asked(shown, (seen, texts.console.report_it()))
    return _figures(
        actor, team, lambda: figures.wait(actor, team, reading, why) if why else figures.report(actor, team, reading)
    )


def _take_back(actor: Actor, team: Team) -> str:
    """The newest report of a channel; the total returns to what it was before."""
    if done := actor.store.reports.booked(actor.campaign, actor.author.op_id):
        return texts.retractions.retracted(done, actor.campaign, several=False, before=None)
    newest = _newest(actor, team)
    if newest.kind == "merge":
        raise UserError(texts.merging.not_a_report(team))
    if agreed() != newest.id:
        raise Asked(_preview_of_taking_back(actor, team, newest), (newest.id, texts.console.take_it_back()))
    try:
        done = figures.take_back(actor, team, newest)
    except Changed:
        raise UserError(
            texts.corrections.moved_meanwhile(actor.store.teams.get(actor.campaign.id, team.code))
        ) from None
    return texts.retractions.retracted(done, actor.campaign, several=False, before=None)


def _preview_of_taking_back(actor: Actor, team: Team, newest: Report) -> str:
    try:
        change = actor.store.reports.taking_back(actor.campaign, actor.author, team, newest)
    except Changed:
        raise UserError(texts.acts.changed_meanwhile(team, actor.last_change(team))) from None
    before, after = (each.total(newest.channel) for each in (change.before, change.after))
    return texts.console.take_back(team, newest, before, after)


def _figures(actor: Actor, team: Team, write: Callable[[], Booked | Review]) -> str:
    try:
        return _written(actor, write())
    except Changed:
        raise UserError(texts.acts.changed_meanwhile(team, actor.last_change(team))) from None


def _written(actor: Actor, done: Booked | Review) -> str:
    if isinstance(done, Booked):
        return texts.reports.booked(done, actor.campaign, several=False)
    return texts.reviews.waits(done, actor.store.teams.get(actor.campaign.id, done.subject), actor.campaign)


def _merge(actor: Actor, team: Team) -> str:
    """The team goes on as another of her region: both totals first, and whether they came from one page or two."""
    if done := actor.done():
        return texts.merging.merged(done.before, done.after)
    other = next(iter(actor.store.teams.many(actor.campaign.id, [said("into").lstrip("#").zfill(4)])), None)
    if other is None or not at_desk().reaches(other.region):
        raise UserError(texts.acts.no_such_team(said("into")))
    seen = f"{team.version} {other.version}"
    answers: dict[str, Pages] = {f"{seen} one": "one", f"{seen} two": "two"}
    if agreed() not in answers:
        one, two = answers
        found = merging.outcomes(actor, team, other)
        if found.added is None:
            shown = texts.merging.ask(actor.campaign, team, other, found.newer)
            raise Asked(shown, (two, texts.console.merge_them()))
        shown = texts.console.both_teams(actor.campaign, team, other)
        choices = texts.console.merge_as(found.newer, found.added)
        raise Asked(shown, *zip((one, two), choices, strict=True))
    done = merging.merge(actor, team, other, answers[agreed()])
    return texts.merging.merged(done.before, done.after)


def _told(act: Callable[[Actor, Team], Acted], tell: Callable[[Actor, Acted], str]) -> Callable[[Actor, Team], str]:
    """An act on a team, or what this operation did if it was done already."""

    def do(actor: Actor, team: Team) -> str:
        return tell(actor, actor.done() or act(actor, team))

    return do


def _move(actor: Actor, team: Team) -> Acted:
    region = next((each for each in actor.campaign.regions if each.id == said("to")), None)
    if region is None:
        raise UserError(texts.console.choose_a_place())
    return acts.move(actor, team, region, said("reason"))


def _reassign(actor: Actor, team: Team) -> Acted:
    project = next((each for each in actor.campaign.projects if each.id == said("to")), None)
    if project is None:
        raise UserError(texts.console.choose_a_project())
    return acts.reassign(actor, team, project, said("reason"))


def _make_code(actor: Actor, team: Team) -> Acted:
    return acts.make_code(actor, team, "successor" if said("as") == "successor" else "another")


def _remind(actor: Actor, team: Team) -> str:
    done = actor.store.announcements.done(actor.campaign.id, actor.author.op_id)
    return texts.announcing.reminded(done or announcements.remind_team(actor, at_desk().door.site.reach, team))


def _disable(actor: Actor, team: Team) -> str:
    if (done := actor.done()) is None:
        if agreed() != str(team.version):
            raise Asked(texts.console.ask_several("disable", 1), (str(team.version), texts.console.yes_to("disable")))
        done = acts.disable(actor, team, said("reason"))
    return texts.acts.disabled(done.after)


_ACTS: dict[str, Callable[[Actor, Team], str]] = {
    "correct": _correct,
    "report": _report,
    "take-back": _take_back,
    "remind": _remind,
    "rename": _told(
        lambda actor, team: acts.rename(actor, team, said("unit")),
        lambda _, done: texts.acts.renamed(done.before, done.after),
    ),
    "move": _told(_move, lambda actor, done: texts.acts.moved(actor.campaign, done.before, done.after)),
    "reassign": _told(_reassign, lambda actor, done: texts.acts.reassigned(actor.campaign, done.before, done.after)),
    "merge": _merge,
    "disable": _disable,
    "enable": _told(acts.enable, lambda _, done: texts.acts.enabled(done.after)),
    "code": _told(_make_code, lambda actor, done: texts.acts.code_made(done.after, actor.office(done.after))),
    "village": _told(
        lambda actor, team: acts.link_with(actor, team, said("village")),
        lambda _, done: texts.acts.village_kept(done.after),
    ),
    "link": _told(
        lambda actor, team: acts.keep_link(actor, team, said("link")), lambda _, done: texts.acts.link_kept(done.after)
    ),
    "pass": _told(
        lambda actor, team: acts.decide(actor, team, "active", ""),
        lambda _, done: texts.coordinators.decided(done.after, ""),
    ),
    "reject": _told(
        lambda actor, team: acts.decide(actor, team, "rejected", said("reason")),
        lambda _, done: texts.coordinators.decided(done.after, said("reason")),
    ),
}
"""What is done to one team, each by the function that its word calls."""
