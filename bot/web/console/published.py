"""What is published: the campaign file as it holds, and its plan of pushes, each as it would go out at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from bot.web.console.desk import Desk, at_desk
from bot.web.console.overview import AHEAD
from handlers import texts
from scheduler.bulletins import occurrence_on, preview
from scheduler.jobs import JOBS
from storage.campaign_schema import Push
from storage.occurrences import between

COMING = 5
"""How many of the next times of a push are told."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A push of the plan, and its next times."""

    push: Push
    coming: Sequence[datetime]


def add_to(pages: Blueprint) -> None:
    @pages.get("/console/<campaign_id>/plan")
    def plan() -> ResponseReturnValue:
        desk = at_desk()
        planned = [Planned(push, _coming(desk, push)) for push in desk.campaign.pushes]
        return render_template(
            "console/plan.html", desk=desk, told=None, planned=planned, job_name=texts.deliveries.job_name
        )

    @pages.get("/console/<campaign_id>/plan/<push_id>")
    def push(push_id: str) -> ResponseReturnValue:
        """What it would say now, and to how many; nothing is queued. For whoever sees the whole campaign."""
        desk = at_desk()
        found = next((each for each in desk.campaign.pushes if each.id == push_id and each.job in JOBS), None)
        if found is None or not desk.sees_all:
            abort(404)
        at = occurrence_on(desk.campaign, found, None, desk.now)
        foretold = preview(desk.store, desk.campaign, found, at, desk.now)
        robots = [recipient.robot for recipient in foretold.recipients if recipient.robot]
        return render_template(
            "console/push.html",
            desk=desk,
            told=None,
            push=found,
            text=foretold.text,
            persons=len(foretold.recipients) - len(robots),
            robots=robots,
            job_name=texts.deliveries.job_name,
        )

    @pages.get("/console/<campaign_id>/file")
    def file() -> ResponseReturnValue:
        desk = at_desk()
        current = desk.store.campaigns.published()[desk.campaign.id]
        return render_template("console/file.html", desk=desk, told=None, current=current)


def _coming(desk: Desk, push: Push) -> list[datetime]:
    if desk.campaign.closed:
        return []
    return list(between(desk.campaign, push, desk.now, desk.now + AHEAD))[:COMING]
