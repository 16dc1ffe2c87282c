"""A rehearsal's own way in: whoever looks at `yidui demo` comes in as a coordinator of its story."""

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from bot.web.console.desk import Door
from storage.sessions import Pass


def create_rehearsed(door: Door) -> Blueprint:
    """`/console/rehearsal` leads to a link such as 工作台 gives, as often as it is looked at."""
    rehearsed = Blueprint("console_rehearsal", __name__)

    @rehearsed.get("/console/rehearsal")
    def rehearsal() -> ResponseReturnValue:
        """As the first who coordinates a county, else as anybody who has a role."""
        found = [
            (not grant.region, Pass(person=person, campaign=campaign.id))
            for campaign in door.store.campaigns.all()
            for person, grants in door.store.people.coordinators(campaign.id).items()
            for grant in grants
        ]
        if not found:
            abort(404)
        _, holder = min(found, key=lambda each: (each[0], each[1].campaign))
        token = door.store.sessions.offer(holder).token
        return redirect(url_for("console_entry.look", token=token), 303)

    return rehearsed
