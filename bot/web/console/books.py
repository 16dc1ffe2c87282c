"""导出: tables of her region that a worker makes: asked for, by whom, with their fingerprint; hers alone to open."""

from contextlib import suppress
from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from bot.web.console.desk import Door, at_desk
from bot.web.console.forms import Submission, perform, said, told_before
from handlers import texts
from handlers.messages import UserError
from storage.disclosures import Bound
from storage.ledger import NotAllowed
from storage.made_books import NoSuchBook
from storage.models.people import Person


def add_to(pages: Blueprint) -> None:
    @pages.get("/console/<campaign_id>/books")
    def books() -> ResponseReturnValue:
        desk = at_desk()
        found = desk.store.made_books.of(desk.campaign, desk.membership, desk.now)
        names = desk.store.roles.names(desk.campaign.id, [book.person for book in found])
        return render_template(
            "console/books.html",
            desk=desk,
            told=told_before(),
            books=found,
            names=names,
            form_names=texts.made_books.FORM_NAMES,
            office_name=texts.naming.office_name,
            making=any(book.state == "wanted" for book in found),
        )

    @pages.post("/console/<campaign_id>/books")
    def ask_for_book() -> ResponseReturnValue:
        """The same as 导出: the worker makes it, and one of hers that still waits is not asked for twice."""

        def act(submission: Submission) -> str:
            actor, region, choice = submission.actor("book"), said("region"), said("choice")
            form: Bound = "csv" if said("form") == "csv" else "xlsx"
            regions = {"", *(each.id for each in actor.campaign.regions)}
            if region not in regions or choice not in {"", *(each.name for each in actor.campaign.book_columns)}:
                raise UserError(texts.console.choose_a_place())
            try:
                made = actor.store.made_books
                book, is_new = made.ask(actor.campaign, actor.author, actor.membership, region, form, choice)
            except NotAllowed:
                raise UserError(texts.console.choose_a_place()) from None
            return texts.made_books.is_made(actor.campaign, book, is_new)

        return perform(act, url_for("console.books"), books)


def add_to_hall(hall: Blueprint, door: Door) -> None:
    """The link of a book names no campaign: it is in one of hers, or nowhere."""

    @hall.get("/console/books/<book_id>")
    def book(book_id: str) -> ResponseReturnValue:
        session = door.store.sessions.find(request.cookies.get(door.cookie, ""))
        if session is None:
            return redirect(url_for("console_entry.entry"), 303)
        if (found := _fetched(door, session.person, book_id)) is None:
            abort(404)
        path, name = found
        return send_file(path, as_attachment=True, download_name=name, max_age=0)


def _fetched(door: Door, person: str, book_id: str) -> tuple[Path, str] | None:
    """The file of a book that is hers to open, and what it is called on her disk."""
    campaigns, now = door.store.campaigns.all(), door.store.clock.now()
    held = door.store.people.memberships(Person(id=person, openid=""), [campaign.id for campaign in campaigns])
    for campaign in campaigns:
        with suppress(NoSuchBook, NotAllowed):
            made, path = door.store.made_books.fetch(campaign, book_id, person, held[campaign.id], now, door.data_dir)
            return path, f"{texts.console.book_file(campaign, made)}{path.suffix}"
    return None
