"""The desk: who is at work in the console, in which campaign, and what she may there at this moment.

Nothing of it is kept between two requests but who she is: a role that was taken away, a region that was changed, and a
person who left are so at the next click.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from bot.sheets import MOST_BYTES
from handlers import texts
from handlers.acts.actor import Actor
from handlers.heralds import herald_of
from handlers.jurisdiction import scopes_held
from handlers.messages import Site
from storage import Store
from storage.campaign_document import Region
from storage.campaign_schema import Campaign
from storage.ledger import Author
from storage.models.people import Membership, Person
from storage.models.teams import Team
from storage.roles import may_grant


class Stale(Exception):
    """A form of another session, or of none: nothing is done."""


@dataclass(frozen=True, slots=True)
class Door:
    """What the console stands on. `data_dir`: where made books and brought tables lie. `secure`: browsers reach it by
    https alone. `secret`: signs its forms, '' for the one that is kept."""

    store: Store
    site: Site
    data_dir: Path
    secure: bool
    secret: str = ""

    @property
    def cookie(self) -> str:
        """The session's cookie. With the prefix a browser takes it over https alone, and for this host."""
        return "__Host-yd" if self.secure else "yd"

    def signing(self) -> str:
        return self.secret or self.store.sessions.secret()


@dataclass(frozen=True, slots=True)
class Desk:
    """`campaigns`: all in which she has a role. `now`: business time."""

    door: Door
    person: str
    session: str
    campaign: Campaign
    campaigns: tuple[Campaign, ...]
    membership: Membership
    now: datetime

    @property
    def store(self) -> Store:
        return self.door.store

    @property
    def today(self) -> date:
        return self.campaign.local(self.now).date()

    @property
    def organizes(self) -> bool:
        return any(grant.role == "organizer" for grant in self.membership.grants)

    @property
    def organizes_all(self) -> bool:
        """Whether she organizes the whole campaign."""
        return may_grant(self.campaign, self.membership, "")

    @property
    def sees_all(self) -> bool:
        """Whether a role of hers reaches the whole campaign."""
        return any(not grant.region for grant in self.membership.grants)

    @property
    def scopes(self) -> list[str]:
        return scopes_held(self.campaign, self.membership)

    @property
    def regions(self) -> list[Region]:
        """Every region that she reaches, in the file's order."""
        return [each for each in self.campaign.regions if self.reaches(each.id)]

    def reaches(self, region: str) -> bool:
        return self.membership.covers(self.campaign.region_path(region))

    def actor(self, op_id: str) -> Actor:
        herald = herald_of(self.campaign, self.membership, op_id, self.person)
        return Actor(self.store, self.campaign, Author(op_id, self.person, self.now, herald), self.membership)

    def looking(self) -> Actor:
        """She who only looks: nothing is written under this name."""
        return self.actor("console:look")

    def team(self, code: str) -> Team:
        """A team of hers; any other is as if there were none."""
        found = self.store.teams.many(self.campaign.id, [code.zfill(4)])
        if not found or not self.reaches(found[0].region):
            abort(404)
        return found[0]

    def scope_asked(self) -> str:
        """The scope that the address names (`region=`), else the first of hers; another's is as if there were none."""
        region = request.args.get("region", "")
        if not region:
            return self.scopes[0]
        if not any(each.id == region for each in self.regions):
            abort(404)
        return f"region:{region}"


def sit_down(door: Door) -> ResponseReturnValue | None:
    """Before every page: who it is, by her cookie, and what she may in the campaign; whoever may nothing is led out."""
    session_id = request.cookies.get(door.cookie, "")
    session = door.store.sessions.find(session_id) if session_id else None
    if session is None:
        return redirect(url_for("console_entry.entry"), 303)
    campaigns = door.store.campaigns.all()
    she = Person(id=session.person, openid="")
    memberships = door.store.people.memberships(she, [campaign.id for campaign in campaigns])
    hers = tuple(campaign for campaign in campaigns if memberships[campaign.id].roles)
    if not hers:
        return redirect(url_for("console_entry.entry"), 303)
    campaign = next((each for each in hers if each.id == g.campaign_id), None)
    if campaign is None:
        abort(404)
    now, membership = door.store.clock.now(), memberships[campaign.id]
    g.desk = Desk(door, session.person, session_id, campaign, hers, membership, now)
    return None


def at_desk() -> Desk:
    desk: Desk = g.desk
    return desk


def stale(_: Stale) -> ResponseReturnValue:
    return render_template("console/stale.html", desk=at_desk(), head=texts.console.stale(), text=""), 400


def too_large(_: RequestEntityTooLarge) -> ResponseReturnValue:
    text = texts.brought_tables.file_too_large(MOST_BYTES // 1_000_000)
    return render_template("console/stale.html", desk=at_desk(), head=texts.console.too_large(), text=text), 413
