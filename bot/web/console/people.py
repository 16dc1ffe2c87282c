"""人员: who speaks for which region, since when, invited by whom; an organizer invites, and takes a role away."""

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from bot.web.console.desk import Desk, at_desk
from bot.web.console.forms import Asked, Submission, agreed, perform, said, told_before
from handlers import texts
from handlers.acts import roles as acts
from handlers.language.text import clean
from handlers.messages import UserError
from handlers.wishes.people import LONGEST as LONGEST_NAME
from storage.models.people import Grant, Role
from storage.roles import Colleague, may_grant

ROLES: dict[str, Role] = {"coordinator": "coordinator", "organizer": "organizer"}


def add_to(pages: Blueprint) -> None:
    @pages.get("/console/<campaign_id>/people")
    def people() -> ResponseReturnValue:
        desk = at_desk()
        if not desk.organizes:
            abort(404)
        return render_template(
            "console/people.html",
            desk=desk,
            told=told_before(),
            colleagues=colleagues(desk),
            invited_by=texts.roles.invited_by,
            role_names=texts.naming.ROLE_NAMES,
            regions=[each for each in desk.campaign.regions if may_grant(desk.campaign, desk.membership, each.id)],
            whole=may_grant(desk.campaign, desk.membership, ""),
        )

    @pages.post("/console/<campaign_id>/people/invite")
    def invite() -> ResponseReturnValue:
        """A one-time code to pass on."""

        def act(submission: Submission) -> str:
            actor, grant, name = submission.actor("invite"), _grant(), clean(said("name"), LONGEST_NAME)
            code = actor.store.roles.offered(actor.campaign.id, actor.author.op_id) or acts.invite(actor, grant, name)
            return texts.roles.invited(actor.campaign, grant, name, code, "")

        return perform(act, url_for("console.people"), people)

    @pages.post("/console/<campaign_id>/people/take-away")
    def take_away() -> ResponseReturnValue:
        """One role of one person, who is told."""

        def act(submission: Submission) -> str:
            actor, desk = submission.actor("revoke"), submission.desk
            if (taken := actor.store.roles.done(actor.campaign.id, actor.author.op_id)) is None:
                meant = [each for each in colleagues(desk) if f"{each.person} {each.grant.stored}" == said("role")]
                if not meant:
                    raise UserError(texts.roles.changed_meanwhile())
                whose = texts.naming.colleague_name(actor.campaign, meant[0].grant, meant[0].name)
                if not agreed():
                    raise Asked(texts.console.take_role_away(whose), ("yes", texts.console.take_role_away_yes()))
                taken = acts.take_away(actor, meant[0], said("reason"))
            name = actor.store.roles.former_name(actor.campaign.id, taken.person)
            whose = texts.naming.colleague_name(actor.campaign, taken.grant, name)
            return texts.roles.taken(whose, told=taken.person != actor.author.person)

        return perform(act, url_for("console.people"), people)


def colleagues(desk: Desk) -> list[Colleague]:
    """Those whose role she may take away."""
    within = desk.store.roles.colleagues(desk.campaign.id)
    return [each for each in within if may_grant(desk.campaign, desk.membership, each.grant.region)]


def _grant() -> Grant:
    role, region = ROLES.get(said("role")), said("region").removeprefix("-")
    if role is None or (region and not any(each.id == region for each in at_desk().campaign.regions)):
        raise UserError(texts.console.choose_a_place())
    return Grant(role=role, region=region)
