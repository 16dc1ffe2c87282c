"""One team: what stands, every report and act with who did it, and what a coordinator does to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.web.console.desk import Desk, at_desk
from bot.web.console.forms import Filled, Submission, Told, perform, said, submitted, told_before
from bot.web.console.overview import last_act
from bot.web.console.team_acts import ACTS
from bot.web.console.team_figures import CHANNELS
from handlers import texts
from storage.ledger import Changed, NotAllowed
from storage.models.people import Card
from storage.models.reports import Report
from storage.models.teams import Channel, Team, Total

ENTRIES = 50
"""Lines of a team's history on one page."""


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
        if word not in ACTS:
            abort(404)
        desk = at_desk()
        found = desk.team(code)

        def act(submission: Submission) -> Told | str:
            return ACTS[word](submission.actor(word), found, Filled())

        back = url_for("console.todo") if said("from") == "todo" else url_for("console.team", code=found.code)
        return perform(act, back, lambda: _page(desk, code))


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
    return [Standing(c, team.standing(c), reports.get(team.total(c).report)) for c in CHANNELS]
