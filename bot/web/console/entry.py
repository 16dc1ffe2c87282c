"""The door: a link or six digits from WeChat let her in, once. Looking at the link uses nothing up.

Whatever looks at a link before she does (a preview of WeChat's, a scanner of mail) only sees a button.
"""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.web.addresses import address_of
from bot.web.console.desk import Door
from bot.web.console.shown import office
from handlers import texts
from handlers.language.text import normalise
from storage.keys import SESSION_SECONDS
from storage.models.people import Person
from storage.sessions import DIGITS, Pass

FORM_LIMIT = 8 * 1024
"""Bytes of what is sent at the door."""
FROM_ELSEWHERE = ("cross-site", "same-site")
"""What a browser says of a form that another site sends."""


def add_to(hall: Blueprint, door: Door) -> None:
    sessions = door.store.sessions

    @hall.before_request
    def limit() -> ResponseReturnValue | None:
        request.max_content_length = FORM_LIMIT
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site") in FROM_ELSEWHERE:
            abort(403)
        if not sessions.may_look(address_of(request)):
            return render_template("console/enter.html", problem=texts.console.too_often()), 429, {"Retry-After": "60"}
        return None

    @hall.get("/console", strict_slashes=False)
    def entry() -> ResponseReturnValue:
        """Where one types the digits; whoever is in is led on."""
        if (cookie := request.cookies.get(door.cookie)) and (session := sessions.find(cookie)):
            if campaign := _led_to(door, session.person, session.campaign):
                return redirect(url_for("console.overview", campaign_id=campaign), 303)
            sessions.end(cookie)
            return render_template("console/enter.html", problem=texts.console.no_role_any_more())
        return render_template("console/enter.html", problem="")

    @hall.post("/console", strict_slashes=False)
    def enter_by_code() -> ResponseReturnValue:
        code = "".join(filter(str.isdecimal, normalise(request.form.get("code", ""))))
        if len(code) != DIGITS:
            return render_template("console/enter.html", problem=texts.console.not_six_digits()), 422
        told = sessions.enter_by_code(code, address_of(request))
        if told in ("wrong", "enough", "off"):
            refused = {"wrong": texts.console.wrong_code, "enough": texts.console.too_many_wrong}
            problem = refused.get(told, texts.console.codes_are_off)()
            return render_template("console/enter.html", problem=problem), 422 if told == "wrong" else 429
        return _inside(door, told)

    @hall.get("/console/enter/<token>")
    def look(token: str) -> ResponseReturnValue:
        """As whom the link lets in, and a button."""
        holder = sessions.look(token)
        if holder is None:
            return render_template("console/enter.html", problem=texts.console.link_is_over()), 410
        return render_template("console/link.html", token=token, whom=_whom(door, holder))

    @hall.post("/console/enter/<token>")
    def enter(token: str) -> ResponseReturnValue:
        session_id = sessions.enter(token)
        if session_id is None:
            return render_template("console/enter.html", problem=texts.console.link_is_over()), 410
        return _inside(door, session_id)

    @hall.post("/console/leave")
    def leave() -> ResponseReturnValue:
        """Out of this browser; 退出网页 ends the others too."""
        if cookie := request.cookies.get(door.cookie):
            sessions.end(cookie)
        response = make_response(redirect(url_for("console_entry.entry"), 303))
        response.delete_cookie(door.cookie, secure=door.secure, httponly=True, samesite="Lax")
        return response


def _inside(door: Door, session_id: str) -> Response:
    response = make_response(redirect(url_for("console_entry.entry"), 303))
    response.set_cookie(
        door.cookie, session_id, max_age=SESSION_SECONDS, secure=door.secure, httponly=True, samesite="Lax", path="/"
    )
    return response


def _led_to(door: Door, person: str, spoke_of: str) -> str | None:
    """The campaign to begin with: the one of which she was speaking, else the first in which she has a role."""
    ids = [campaign.id for campaign in door.store.campaigns.all()]
    held = door.store.people.memberships(Person(id=person, openid=""), ids)
    hers = [cid for cid in ids if held[cid].roles]
    return spoke_of if spoke_of in hers else next(iter(hers), None)


def _whom(door: Door, holder: Pass) -> str:
    """Her name and office, as the page greets her."""
    campaign = next((each for each in door.store.campaigns.all() if each.id == holder.campaign), None)
    if campaign is None:
        return texts.console.somebody()
    membership = door.store.people.memberships(Person(id=holder.person, openid=""), [campaign.id])[campaign.id]
    if not membership.roles:
        return texts.console.somebody()
    return office(campaign, membership) + door.store.roles.names(campaign.id, [holder.person]).get(holder.person, "")
